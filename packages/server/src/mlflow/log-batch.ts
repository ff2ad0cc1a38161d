import { isUtf8 } from "node:buffer";
import {
  type CheckpointPoint,
  checkName,
  type LogInput,
  type ParameterInput,
  type SeriesBatch,
  type Services,
} from "@cairn/core";
import { createKeyTexts } from "../scan/key-texts.ts";
import { scanMetrics } from "../scan/scan-metrics.ts";
import { checkKey, checkParam, checkRunId, checkTag, isKey, MAX_BATCH, MAX_PARAM, MAX_TAG } from "./checks.ts";
import { invalidValue } from "./errors.ts";
import { collectMeasured, saysMore } from "./measured.ts";
import { packMetrics } from "./pack-metrics.ts";
import { parameterError } from "./parameter-error.ts";
import { parseBody } from "./proto/body.ts";
import { decodeMessage, type JsonObject } from "./proto/decode.ts";
import type { Decoded } from "./proto/message.ts";
import { logBatch } from "./proto/messages.ts";
import { pythonList } from "./proto/python.ts";
import { splitRunName } from "./run-name.ts";

export interface Batch {
  readonly run: string;
  readonly points: SeriesBatch | undefined;
  /** Points of logged models, which are in `points` too. */
  readonly measured: readonly CheckpointPoint[];
  readonly params: readonly ParameterInput[];
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/**
 * The hot path of every training: three roads, each for what the one before does not know. The metrics are scanned
 * straight from the bytes; or the body is parsed and they are packed from its objects; or the schema mends the batch
 * (numbers as texts) or says what is wrong with it.
 */
export function parseBatch(body: Buffer | undefined): Batch {
  const scanned = body && scanBody(body);
  if (scanned !== undefined) {
    const batch = readPlain(scanned.rest, scanned.points);
    if (batch !== undefined) return batch;
  }
  const json = parseBody(body);
  return readPlain(json, undefined) ?? readByShape(decodeMessage(logBatch, json));
}

/** Bodies begin so, up to the list of metrics, which is then surely the batch's own. */
const beginning = /^\s*\{\s*(?:"run_id"\s*:\s*"[0-9a-f]{32}"\s*,\s*)?"metrics"\s*:\s*\[/;
const LONGEST_BEGINNING = 160;
const readKeys = createKeyTexts(isKey);

/** The body's metrics, and the rest of it with none. Undefined = parse it whole. */
function scanBody(body: Buffer): { readonly points: SeriesBatch; readonly rest: JsonObject } | undefined {
  const head = beginning.exec(body.toString("latin1", 0, LONGEST_BEGINNING))?.[0];
  const metrics = head === undefined ? undefined : scanMetrics(body, head.length, readKeys);
  if (head === undefined || metrics === undefined || !isUtf8(body)) return undefined;
  if (body.includes('"metrics"', metrics.end)) return undefined;
  try {
    return { points: metrics.points, rest: JSON.parse(`${head}]${body.toString("utf8", metrics.end)}`) as JsonObject };
  } catch {
    return undefined;
  }
}

/** Undefined = look closer. Never refuses anything by itself. `scanned`: the metrics, when they are not in `json`. */
function readPlain(json: JsonObject, scanned: SeriesBatch | undefined): Batch | undefined {
  const { run_id: run, metrics = [], params = [], tags = [] } = json;
  if (typeof run !== "string" || run === "") return undefined;
  if (!Array.isArray(metrics) || !Array.isArray(params) || !Array.isArray(tags)) return undefined;
  if (!isWithinLimits(scanned?.values.length ?? metrics.length, params.length, tags.length)) return undefined;
  if (saysMore(metrics)) return undefined;
  const points = scanned ?? packMetrics(metrics);
  const plainParams = readPairs(params, MAX_PARAM);
  const plainTags = readPairs(tags, MAX_TAG);
  if (points === undefined || plainParams === undefined || plainTags === undefined) return undefined;
  if (new Set(plainParams.map(({ key }) => key)).size < params.length) return undefined;
  return {
    run: checkRunId(run, true),
    points: points.keys.length === 0 ? undefined : points,
    measured: [],
    params: plainParams,
    tags: plainTags,
  };
}

/** New objects, so that nothing else a client put into an item reaches core. */
function readPairs(items: readonly unknown[], limit: number): { key: string; value: string }[] | undefined {
  const pairs: { key: string; value: string }[] = [];
  for (const item of items) {
    if (typeof item !== "object" || item === null) return undefined;
    const { key, value } = item as { key?: unknown; value?: unknown };
    if (typeof key !== "string" || key === "" || !isKey(key)) return undefined;
    if (typeof value !== "string" || value.length > limit) return undefined;
    pairs.push({ key, value });
  }
  return pairs;
}

function isWithinLimits(metrics: number, params: number, tags: number): boolean {
  return (
    metrics <= MAX_BATCH.metrics &&
    params <= MAX_BATCH.params &&
    tags <= MAX_BATCH.tags &&
    metrics + params + tags <= MAX_BATCH.total
  );
}

/** The order of the checks is MLflow's: run id, each item, the counts, keys given twice. */
function readByShape({ run_id, metrics, params, tags }: Decoded<typeof logBatch>): Batch {
  const run = checkRunId(run_id, true);
  metrics.forEach((metric, index) => {
    const place = `metrics[${index}]`;
    checkKey(metric.key, `${place}.name`, "Metric name");
    checkTimestamp(metric, `${place}.timestamp`);
  });
  const checkedParams = params.map(({ key, value }, index) => checkParam(key, value ?? "", `params[${index}].`));
  const checkedTags = tags.map(({ key, value }, index) => checkTag(key, value ?? "", `tags[${index}].`));
  checkCount("metrics", MAX_BATCH.metrics, metrics.length);
  checkCount("params", MAX_BATCH.params, params.length);
  checkCount("tags", MAX_BATCH.tags, tags.length);
  checkCount("metrics, params, and tags", MAX_BATCH.total, metrics.length + params.length + tags.length);
  checkDistinct(checkedParams.map(({ key }) => key));
  // Packing takes what JSON can say: a number that is not finite goes by its name, as it came.
  const named = metrics.map((metric) =>
    Number.isFinite(metric.value) ? metric : { ...metric, value: `${metric.value}` },
  );
  const points = metrics.length === 0 ? undefined : packMetrics(named);
  if (metrics.length > 0 && points === undefined) throw new Error("checked metrics could not be packed");
  return { run, points, measured: collectMeasured(metrics), params: checkedParams, tags: checkedTags };
}

interface Timed {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
}

export function checkTimestamp({ key, value, timestamp }: Timed, place: string): void {
  if (timestamp >= 0) return;
  throw invalidValue(
    `Invalid value ${timestamp} for parameter '${place}' supplied: metric '${key}' (value=${value}). Timestamp must be a nonnegative long (64-bit integer) `,
  );
}

function checkCount(noun: string, limit: number, count: number): void {
  if (count <= limit) return;
  throw invalidValue(
    `A batch logging request can contain at most ${limit} ${noun}. Got ${count} ${noun}. Please split up ${noun} across multiple requests and try again.`,
  );
}

function checkDistinct(keys: readonly string[]): void {
  const twice = keys.filter((key, index) => keys.indexOf(key) < index);
  if (twice.length === 0) return;
  throw invalidValue(
    `Duplicate parameter keys have been submitted: ${pythonList(twice)}. Please ensure the request contains only one param value per param key.`,
  );
}

/**
 * One atomic call to core, and a second only when the run's name is among the tags. Nothing in the name may be left for
 * the second to refuse: the first has then written.
 */
export async function logToRun(services: Services, { run, points, measured, params, tags }: Batch): Promise<void> {
  const named = splitRunName(tags);
  if (named.name) checkName("A run's name", named.name);
  const input: LogInput = {
    ...(points === undefined ? {} : { points }),
    ...(measured.length === 0 ? {} : { measured }),
    ...(params.length === 0 ? {} : { parameters: params }),
    ...(named.tags === undefined ? {} : { tags: named.tags }),
  };
  try {
    await services.runs.log(run, input);
  } catch (error) {
    throw parameterError(error, run, "batch");
  }
  if (named.name) await services.runs.update(run, { name: named.name });
}
