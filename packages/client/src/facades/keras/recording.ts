import { invalid } from "@cairn/core";
import type { RunHandle } from "../../logger.ts";
import type { KerasContext } from "./context.ts";
import { runIdOf } from "./history.ts";
import { findKModel, type KModel } from "./kmodel.ts";
import { MODEL_PATH, type ModelHandler, modelHandler } from "./model-files.ts";
import { putHistory } from "./put-history.ts";
import { METRICS_TAG, nextStep, PATH_TAG } from "./record-fields.ts";
import { type Logs, resolveLogs } from "./resolve-logs.ts";
import { type Tags, titlesOf } from "./tag.ts";

/** A model of TensorFlow.js' Layers API, as far as we use it. */
export interface SavableModel {
  save(handler: ModelHandler, config?: { readonly includeOptimizer?: boolean }): Promise<unknown>;
}

export interface RecorderOptions {
  /** Goes on with this record, or the one with this id, instead of making one; its epochs accumulate. */
  readonly dbModel?: KModel | string | undefined;
  readonly tags?: Tags | undefined;
  /** Of a new record; a friendly random one when left out. */
  readonly name?: string | undefined;
  /** The model to save, where the callback is not told by `fit`: without `tf`, or behind other callbacks. */
  readonly model?: SavableModel | undefined;
  /** Saves the optimizer's settings too. */
  readonly includeOptimizer?: boolean | undefined;
}

/** The training that a callback sees, from its making to the end of the last `fit`. */
export interface Recording {
  /** The record, made as soon as the callback is. */
  readonly kmodel: Promise<KModel>;
  /** What this callback saw: the values of each metric, one an epoch. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** How many epochs this callback saw. */
  readonly epochs: number;
  readonly tags: readonly string[];
  setModel(model: unknown): void;
  onTrainBegin(): Promise<void>;
  onEpochEnd(epoch: number, logs?: Logs): Promise<void>;
  onTrainEnd(): Promise<void>;
  /** Ends the record of a training that broke off: `fit` does not say so itself. */
  fail(error?: unknown): Promise<void>;
}

/**
 * Makes the record (or takes up the given one) at once, streams each epoch, and at the end saves model and history.
 * A `fit` that counts from 0 again goes on behind the epochs that the record has; one with `initialEpoch` logs the epochs
 * that it names, which replace those that are there.
 */
export function createRecording(context: KerasContext, options: RecorderOptions): Recording {
  const { client, startRun } = context;
  const tags = titlesOf(options.tags ?? []);
  const history: Record<string, number[]> = Object.create(null);
  let epochs = 0;
  let model = options.model;
  let offset: number | undefined;
  let next = 0;
  const begin = async (): Promise<{ handle: RunHandle; kmodel: KModel }> => {
    const { dbModel, name } = options;
    const resume = typeof dbModel === "object" ? dbModel.id : dbModel && (runIdOf(dbModel) ?? dbModel);
    const handle = await startRun(client, { resume, experiment: context.experiment, name, labels: tags });
    const kmodel = await findKModel(context, handle.id);
    next = nextStep(kmodel.run.metrics);
    return { handle, kmodel };
  };
  let open = begin();
  // Whoever awaits it, `fit` above all, is told; until then it is nobody's unhandled rejection.
  open.catch(() => {});

  const save = async (run: string): Promise<void> => {
    if (model === undefined) {
      throw invalid(
        "The model to save is unknown: open the manager with { tf } and put the RecorderCallback first among the " +
          "callbacks, or give it { model }.",
      );
    }
    await model.save(modelHandler(context, run), { includeOptimizer: options.includeOptimizer ?? false });
  };

  return {
    get kmodel() {
      return open.then(({ kmodel }) => kmodel);
    },
    history,
    get epochs() {
      return epochs;
    },
    tags,
    setModel(given) {
      model = given as SavableModel;
    },
    async onTrainBegin() {
      const { handle, kmodel } = await open;
      offset = undefined;
      if (!handle.isFinished) return;
      open = startRun(client, { resume: handle.id }).then((again) => ({ handle: again, kmodel }));
      await open;
    },
    async onEpochEnd(epoch, logs = {}) {
      const { handle } = await open;
      const values = await resolveLogs(logs);
      offset ??= epoch === 0 ? next : 0;
      const isRoomLeft = handle.log(values, { step: epoch + offset });
      next = epoch + offset + 1;
      epochs++;
      const known = Object.keys(history).length;
      for (const [key, value] of Object.entries(values)) history[key] = [...(history[key] ?? []), value];
      // A refusal is told by the handle's end; here it must not end the training.
      const keys = Object.keys(history);
      if (keys.length > known) handle.tags({ [METRICS_TAG]: JSON.stringify(keys) }).catch(() => {});
      if (!isRoomLeft) await handle.ready();
    },
    async onTrainEnd() {
      const { handle, kmodel } = await open;
      try {
        await handle.flush();
        await putHistory(context, handle.id);
        await save(handle.id);
        await handle.tags({ [PATH_TAG]: MODEL_PATH });
      } catch (error) {
        await handle.finish("failed", messageOf(error)).catch(() => {});
        throw error;
      }
      await handle.finish();
      await kmodel.refresh();
    },
    async fail(error) {
      const { handle, kmodel } = await open;
      await handle.finish("failed", error === undefined ? undefined : messageOf(error));
      await kmodel.refresh();
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
