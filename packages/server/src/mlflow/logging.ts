import type { DatasetInput, LogInput, SeriesBatch } from "@cairn/core";
import { checkKey, checkLength, checkModelId, checkParam, checkRunId, isKey } from "./checks.ts";
import { DATASET_CONTEXT } from "./encode.ts";
import { checkTimestamp, logToRun, parseBatch } from "./log-batch.ts";
import { collectMeasured } from "./measured.ts";
import { parseModelInfo } from "./model-info.ts";
import { parameterError } from "./parameter-error.ts";
import { parseBody } from "./proto/body.ts";
import { decodeMessage, type JsonObject, missing } from "./proto/decode.ts";
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

  {
    method: "POST",
    path: "/mlflow/runs/log-metric",
    handler: async ({ services, request }) => {
      const { run, input } = parseMetric(parseBody(readBytes(request)));
      await services.runs.log(run, input);
      return undefined;
    },
  },

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

interface Metric {
  readonly run: string;
  readonly input: LogInput;
}

/** As for a batch, what is plainly right goes straight on: trainings send little else, thousands of times a second. */
function parseMetric(json: JsonObject): Metric {
  const plain = readPlainMetric(json);
  if (plain !== undefined) return plain;
  const message = decodeMessage(messages.logMetric, json);
  checkKey(message.key, "name", "Metric name");
  checkTimestamp(message, "timestamp");
  const measured = collectMeasured([message]);
  const { key, value, timestamp, step } = message;
  return {
    input: { points: onePoint(key, value, timestamp, step), ...(measured.length === 0 ? {} : { measured }) },
    run: checkRunId(message.run_id),
  };
}

/** Undefined = let the schema look. Never refuses anything by itself but a run that cannot be. */
function readPlainMetric(json: JsonObject): Metric | undefined {
  const { run_id: run, key, value, timestamp, step = 0 } = json;
  if (typeof run !== "string" || run === "" || typeof key !== "string" || key === "" || !isKey(key)) return undefined;
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  if (!isWhole(timestamp) || timestamp < 0 || !isWhole(step) || saysMoreOrElse(json)) return undefined;
  return { run: checkRunId(run), input: { points: onePoint(key, value, timestamp, step) } };
}

/** What a point does not hold; or other names of the fields, which the schema reads, refusing a body that says both. */
function saysMoreOrElse(json: JsonObject): boolean {
  // Each by its name: looked up by a list of names, they take as long as the body takes to parse.
  const { model_id = null, dataset_name = null, dataset_digest = null } = json;
  const { runId, modelId, datasetName, datasetDigest } = json;
  if (model_id !== null || dataset_name !== null || dataset_digest !== null) return true;
  return runId !== undefined || modelId !== undefined || datasetName !== undefined || datasetDigest !== undefined;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function onePoint(key: string, value: number, time: number, step = 0): SeriesBatch {
  return {
    keys: [key],
    counts: one(new Uint32Array(1), 1),
    steps: one(new Float64Array(1), step),
    times: one(new Float64Array(1), time),
    values: one(new Float64Array(1), value),
    batches: null,
  };
}

/** Takes three quarters of the time of `of`. */
function one<T extends Float64Array | Uint32Array>(column: T, number: number): T {
  column[0] = number;
  return column;
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
