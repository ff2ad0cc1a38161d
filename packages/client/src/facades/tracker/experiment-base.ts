import { existsSync } from "node:fs";
import { join } from "node:path";
import { freeName, invalid, type Json } from "@cairn/core";
import type { RunHandle } from "../../node.ts";
import { ModelExperimentBaseError, NotImplementedError } from "./errors.ts";
import { type DuplicatePolicy, ExperimentOption } from "./experiment-option.ts";
import { ModelTracker, type Warn } from "./model-tracker.ts";
import { checkFolderName, makeDebugFolder, makeOutputFolder, type OutputFolder } from "./output-folder.ts";
import type { Recording } from "./recording.ts";
import { cellOf, type Row } from "./row.ts";
import { fileTracker, type TrackerStore } from "./store.ts";
import { timeText } from "./times.ts";

export type Kwargs = Readonly<Record<string, unknown>>;

/** All may be given to the constructor, or to a single `runExperiment`, which wins. */
export interface ExperimentOptions {
  /** A `.json` or `.csv` file, made if need be; or another store, such as `serverTracker(client, "digits")`. */
  readonly existingTrackerPath?: string | TrackerStore | undefined;
  /** Above the folders of outputs; without one, outputs go to a folder that is removed in the end. */
  readonly parentSvDir?: string | undefined;
  readonly expDescription?: string | undefined;
  readonly prevRunNotes?: string | undefined;
  readonly trainKwargs?: Kwargs | undefined;
  /** What `trainModel` gets instead in debug mode, such as fewer epochs. */
  readonly debugTrainKwargs?: Kwargs | undefined;
  readonly dupeModelNms?: ExperimentOption | DuplicatePolicy | undefined;
  readonly forceColumns?: boolean | undefined;
  /** Nothing is stored: no row, no run, no folder but `debugSvDir`. */
  readonly debug?: boolean | undefined;
  readonly debugSvDir?: string | undefined;
  /** In debug mode `preprocessingDebug` runs instead of `preprocessingSteps` (true) or after it (false, the default). */
  readonly debugSkipsPreprocessingSteps?: boolean | undefined;
}

/**
 * A training with its tracker. Extend it: a class per project with preprocessing and evaluation, a class per experiment
 * with its training. `this.results` holds what goes into the row, `this.modelSvLoc` is the folder for plots and the like.
 *
 * @example
 * class Guess extends ModelExperimentBase {
 *   override async trainModel() {}
 *   override async evaluateModel() { this.results["test_accuracy"] = 0.1; }
 * }
 * await new Guess("guess").runExperiment({ existingTrackerPath: "tracker.json", parentSvDir: "models" });
 */
export class ModelExperimentBase extends ModelTracker {
  readonly modelName: string;
  readonly options: ExperimentOptions;
  debugSkipsPreprocessingSteps: boolean;
  results: Record<string, Json> = {};
  /** The folder for outputs while an experiment runs. */
  modelSvLoc: string | undefined;
  /** The server's record of the training that goes on, to log metrics to; undefined when the tracker is not the server's. */
  run: RunHandle | undefined;

  constructor(modelName: string, options: ExperimentOptions & { readonly uId?: string; readonly warn?: Warn } = {}) {
    super(options.uId, options.warn === undefined ? {} : { warn: options.warn });
    this.modelName = checkFolderName(modelName);
    this.options = options;
    this.debugSkipsPreprocessingSteps = options.debugSkipsPreprocessingSteps ?? false;
  }

  async preprocessingSteps(): Promise<void> {
    throw new NotImplementedError("preprocessingSteps");
  }
  async preprocessingDebug(): Promise<void> {
    throw new NotImplementedError("preprocessingDebug");
  }
  async trainModel(_trainKwargs: Kwargs): Promise<void> {
    throw new NotImplementedError("trainModel");
  }
  async evaluateModel(): Promise<void> {
    throw new NotImplementedError("evaluateModel");
  }

  /** The preprocessing that is implemented; what is not is told of and left out. */
  async preprocessing(debug = false): Promise<void> {
    if (!debug || !this.debugSkipsPreprocessingSteps) await this.#optional("preprocessingSteps");
    if (debug) await this.#optional("preprocessingDebug");
  }

  /**
   * 1 reads the tracker and acts on a row of the same name, 2 makes the output folder, 3 preprocesses, 4 trains,
   * 5 evaluates, 6 adds the row and writes the tracker. When a step throws, tracker and folders are as before.
   * @returns the row; undefined in debug mode, and when `skip` left all as it was.
   * @throws ModelExperimentBaseError when the name is taken and no policy was given; ColumnsError as `updateTrackerWDict`.
   */
  async runExperiment(options: ExperimentOptions = {}): Promise<Row | undefined> {
    const asked = { ...this.options, ...dropUndefined(options) };
    if (asked.debugSkipsPreprocessingSteps !== undefined && options.debugSkipsPreprocessingSteps !== undefined) {
      this.debugSkipsPreprocessingSteps = asked.debugSkipsPreprocessingSteps;
    }
    for (const step of ["trainModel", "evaluateModel"] as const) {
      if (this[step] === ModelExperimentBase.prototype[step]) throw new NotImplementedError(step);
    }
    if (asked.debug === true) return this.#debug(asked);
    const { dupeModelNms = null } = asked;
    const option = dupeModelNms instanceof ExperimentOption ? dupeModelNms : new ExperimentOption(dupeModelNms);
    const store = openStore(asked.existingTrackerPath);
    if (asked.parentSvDir === undefined && store.begin === undefined) {
      throw invalid("Say where outputs go: parentSvDir.");
    }
    const rows = await store.load(this.uId);
    const taken = rows.some((row) => cellOf(row, this.uId) === this.modelName);
    this.rows = rows;
    if (taken && option.expOption === "skip") return undefined;
    if (taken && option.expOption === null) {
      throw new ModelExperimentBaseError(
        `Run with model name ${this.modelName} already exists therefore duplicate or overwrite must be specified in the dupeModelNms option`,
        { name: this.modelName },
      );
    }
    const replaces = taken && option.expOption === "overwrite";
    const isFree = (name: string) =>
      !rows.some((row) => cellOf(row, this.uId) === name) &&
      (asked.parentSvDir === undefined || !existsSync(join(asked.parentSvDir, name)));
    const name = taken && !replaces ? freeName(this.modelName, isFree) : this.modelName;
    const folder =
      asked.parentSvDir === undefined
        ? await makeDebugFolder(undefined)
        : await makeOutputFolder(asked.parentSvDir, name, replaces);
    let recording: Recording | undefined;
    try {
      recording = await store.begin?.(name, this.uId);
      const row = await this.#train(asked, name, folder, recording);
      await this.#store(store, row, replaces, asked.forceColumns ?? false, folder, recording);
      return this.rows.at(-1);
    } catch (error) {
      // A server that is away must not hide why the training failed.
      if (recording?.handle.isFinished === false) await recording.fail(error).catch(() => undefined);
      await folder.drop();
      throw error;
    } finally {
      this.modelSvLoc = undefined;
      this.run = undefined;
    }
  }

  async #debug({ debugSvDir, debugTrainKwargs, trainKwargs }: ExperimentOptions): Promise<undefined> {
    const folder = await makeDebugFolder(debugSvDir);
    this.modelSvLoc = folder.path;
    this.results = {};
    try {
      await this.preprocessing(true);
      await this.trainModel(debugTrainKwargs ?? trainKwargs ?? {});
    } finally {
      this.modelSvLoc = undefined;
      await folder.drop();
    }
  }

  async #train(
    options: ExperimentOptions,
    name: string,
    folder: OutputFolder,
    recording: Recording | undefined,
  ): Promise<Row> {
    this.results = {};
    this.modelSvLoc = folder.path;
    this.run = recording?.handle;
    const start = Date.now();
    await this.preprocessing();
    await this.trainModel(options.trainKwargs ?? {});
    const end = Date.now();
    await this.evaluateModel();
    return {
      ...this.results,
      [this.uId]: name,
      experiment_description: options.expDescription ?? "",
      prev_run_notes: options.prevRunNotes ?? "",
      train_time_strt: timeText(start),
      train_time_end: timeText(end),
      output_save_location: options.parentSvDir === undefined ? (recording?.handle.url ?? "") : folder.place,
    };
  }

  /** The tracker is read again, so that rows which others wrote during the training stay. */
  async #store(
    store: TrackerStore,
    row: Row,
    replaces: boolean,
    forceColumns: boolean,
    folder: OutputFolder,
    recording: Recording | undefined,
  ): Promise<void> {
    const rows = await store.load(this.uId);
    const isOld = (one: Row) => replaces && cellOf(one, this.uId) === this.modelName;
    this.rows = rows.filter((one) => !isOld(one));
    this.updateTrackerWDict(row, forceColumns);
    await recording?.finish(this.rows.at(-1) ?? row, folder.path, replaces);
    await store.save(this.rows, this.uId);
    await folder.keep(rows.filter(isOld).map((one) => cellOf(one, "output_save_location")));
  }

  async #optional(step: "preprocessingSteps" | "preprocessingDebug"): Promise<void> {
    if (this[step] === ModelExperimentBase.prototype[step]) this.warn(`${step} is not implemented, so it is left out`);
    else await this[step]();
  }
}

function openStore(given: string | TrackerStore | undefined): TrackerStore {
  if (given === undefined) throw invalid("Say where the tracker is: existingTrackerPath.");
  return typeof given === "string" ? fileTracker(given) : given;
}

function dropUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
