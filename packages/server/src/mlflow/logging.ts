import type { DatasetInput, SeriesBatch } from "@cairn/core";
import { checkKey, checkLength, checkModelId, checkParam, checkRunId } from "./checks.ts";
import { DATASET_CONTEXT } from "./encode.ts";
import { checkTimestamp, logToRun, parseBatch } from "./log-batch.ts";
import { collectMeasured } from "./measured.ts";
import { parseModelInfo } from "./model-info.ts";
import { parameterError } from "./parameter-error.ts";
import { missing } from "./proto/decode.ts";
import type { Decoded } from "./proto/message.ts";
import * as messages from "./proto/messages.ts";
import { type Route, readBytes, route } from "./route.ts";
import { createTurns } from "./turns.ts";

const MODEL_HISTORY = "mlflow.log-model.history";
/** A dataset's profile may have 16 MB, and JSON writes a character in up to six bytes. */
const INPUTS_LIMIT = 64 * 1024 * 1024;

/** By run. A history is read, added to and written: of two at once, the later would drop the earlier's model. */
const inTurn = createTurns();

export const loggingRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/mlflow/runs/log-batch",
    handler: async ({ services, request }) => {
      await logToRun(services, parseBatch(readBytes(request)));
      return undefined;
    },
  },

  route("POST", "/runs/log-metric", messages.logMetric, async ({ services }, message) => {
    checkKey(message.key, "name", "Metric name");
    checkTimestamp(message, "timestamp");
    const measured = collectMeasured([message]);
    await services.runs.log(checkRunId(message.run_id), {
      points: onePoint(message),
      ...(measured.length === 0 ? {} : { measured }),
    });
    return undefined;
  }),

  route("POST", "/runs/log-parameter", messages.logParam, async ({ services }, message) => {
    const run = checkRunId(message.run_id);
    try {
      await services.runs.log(run, { parameters: [checkParam(message.key, message.value ?? "")] });
    } catch (error) {
      throw parameterError(error, run, "single");
    }
    return undefined;
  }),

  {
    ...route("POST", "/runs/log-inputs", messages.logInputs, async ({ services }, { run_id, datasets, models }) => {
      await services.runs.log(checkRunId(run_id, true), {
        inputs: collectInputs(datasets),
        used: models.map(({ model_id }) => checkModelId(model_id)),
      });
      return undefined;
    }),
    bodyLimit: INPUTS_LIMIT,
  },

  route("POST", "/runs/outputs", messages.logOutputs, async ({ services }, { run_id, models }) => {
    if (models.length === 0) throw missing("models");
    const outputs = models.map(({ model_id, step }) => ({ checkpoint: checkModelId(model_id), step }));
    await services.runs.log(checkRunId(run_id), { outputs });
    return undefined;
  }),

  route("POST", "/runs/log-model", messages.logModel, async ({ services }, { run_id, model_json }) => {
    const model = parseModelInfo(model_json);
    const id = checkRunId(run_id);
    await inTurn(id, async () => {
      const history = parseHistory((await services.runs.get(id)).tags[MODEL_HISTORY]);
      await services.runs.update(id, { tags: { [MODEL_HISTORY]: JSON.stringify([...history, model]) } });
    });
    return undefined;
  }),
];

function onePoint({ key, value, timestamp, step }: Decoded<typeof messages.logMetric>): SeriesBatch {
  return {
    keys: [key],
    counts: Uint32Array.of(1),
    steps: Float64Array.of(step ?? 0),
    times: Float64Array.of(timestamp),
    values: Float64Array.of(value),
    batches: null,
  };
}

type WireInput = Decoded<typeof messages.logInputs>["datasets"][number];

/** Of a dataset given twice the first counts. Its use is a tag on this wire, a field in core. */
function collectInputs(datasets: readonly WireInput[]): DatasetInput[] {
  const inputs = new Map<string, DatasetInput>();
  for (const { dataset, tags } of datasets) {
    const { name, digest, source_type: sourceType, source, schema, profile } = dataset;
    checkLength("name", 500, name);
    checkLength("digest", 36, digest);
    checkLength("source", 65_535, source);
    checkLength("schema", 1_048_575, schema ?? "");
    checkLength("profile", 16_777_215, profile ?? "");
    const all = new Map<string, string>();
    for (const { key, value = "" } of tags) all.set(checkLength("key", 255, key), checkLength("value", 500, value));
    const context = all.get(DATASET_CONTEXT) ?? null;
    all.delete(DATASET_CONTEXT);
    const identity = JSON.stringify([name, digest]);
    if (inputs.has(identity)) continue;
    inputs.set(identity, {
      dataset: { name, digest, sourceType, source, schema: schema ?? null, profile: profile ?? null },
      context,
      tags: Object.fromEntries(all),
    });
  }
  return [...inputs.values()];
}

/** The tag may have been set to anything by hand. */
function parseHistory(tag: string | undefined): readonly unknown[] {
  try {
    const history: unknown = JSON.parse(tag ?? "[]");
    return Array.isArray(history) ? history : [];
  } catch {
    return [];
  }
}
