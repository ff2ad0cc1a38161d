import {
  invalid,
  type LogInput,
  MAX_BATCH_POINTS,
  type ParameterInput,
  type SeriesBatch,
  TrackerError,
  type WriterMark,
} from "@cairn/core";
import { checkSize } from "./check-size.ts";
import { decodeMeasured } from "./checkpoint-json.ts";
import { showValue, zodProblem } from "./input-problem.ts";
import { isPlainKey, logParts, MAX_SERIES_KEY } from "./log-shapes.ts";
import { decodeValue, encodeNumber, isNumberName } from "./numbers.ts";
import { checkJson } from "./parse-json.ts";
import { batchOfColumns, createColumns, type PointColumns } from "./point-columns.ts";
import { writerMark } from "./series-shapes.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the JSON body of `runs.log` straight into core's columns. Written by hand because a schema costs half of what
 * parsing the JSON does; a test holds it against `logBody` on random and hostile input.
 * @param now time of points that have none, in ms.
 * @param scanned what stood in `series`, if it was read already; the body then has neither `series` nor `points`.
 * @throws invalid naming the place and the value; too_large over 65 536 points.
 */
export function parseLogBody(body: unknown, now: number, scanned?: SeriesBatch): LogInput {
  if (!isObject(body)) throw invalid(`The body must be a JSON object, not ${showValue(body)}.`);
  const { points, series, writer, ...rest } = body;
  const batch = points === undefined && series === undefined ? scanned : readPoints(points, series, now);
  return {
    ...parseLogParts(rest),
    ...(batch === undefined ? {} : { points: batch }),
    ...(writer === undefined ? {} : { writer: parseMark(writer) }),
  };
}

/** All of a log body but points and mark. */
export function parseLogParts(rest: Fields): LogInput {
  for (const _ in rest) {
    checkJson(rest, "The body");
    checkSize(logParts(), rest, "The body");
    const parsed = logParts().safeParse(rest);
    if (!parsed.success) throw zodProblem(parsed.error, rest);
    const { parameters, measured, ...others } = parsed.data;
    return {
      ...others,
      ...(parameters && { parameters: parameters.map((p: ParameterInput) => ({ ...p, value: decodeValue(p.value) })) }),
      ...(measured && { measured: decodeMeasured(measured) }),
    };
  }
  return {};
}

export function parseMark(mark: unknown): WriterMark {
  const parsed = writerMark().safeParse(mark);
  if (!parsed.success) throw zodProblem(parsed.error, { writer: mark }, ["writer"]);
  return parsed.data;
}

/** A batch as the `series` field of a log body. */
export function encodeBatchJson(batch: SeriesBatch): Record<string, Record<string, unknown>> {
  let from = 0;
  const parts = batch.keys.map((key, i) => {
    const to = from + (batch.counts[i] ?? 0);
    const part = {
      steps: [...batch.steps.subarray(from, to)],
      times: [...batch.times.subarray(from, to)],
      values: Array.from(batch.values.subarray(from, to), encodeNumber),
      ...(batch.batches === null
        ? {}
        : { batches: Array.from(batch.batches.subarray(from, to), (b) => (Number.isNaN(b) ? null : b)) }),
    };
    from = to;
    return [key, part] as const;
  });
  return Object.fromEntries(parts);
}

function readPoints(points: unknown, series: unknown, now: number): SeriesBatch {
  if (points !== undefined && !Array.isArray(points)) throw refuse("points", points, "must be a list of points");
  if (series !== undefined && !isObject(series)) throw refuse("series", series, "must be an object of columns by key");
  const rows = points ?? [];
  const named = Object.keys(series ?? {}).length;
  if (named > MAX_BATCH_POINTS) throw tooMany(named);
  const parts = Object.entries(series ?? {}).map(([key, part]) => checkPart(key, part));
  const total = parts.reduce((sum, { values }) => sum + values.length, rows.length);
  if (total > MAX_BATCH_POINTS) throw tooMany(total);
  const columns = createColumns(total);
  readRows(rows, now, columns);
  for (const part of parts) readPart(part, now, columns);
  return batchOfColumns(columns);
}

export function tooMany(points: number): TrackerError {
  return new TrackerError(
    "too_large",
    `One call carries at most ${MAX_BATCH_POINTS} points, not ${points}. Send them in several.`,
    { limit: MAX_BATCH_POINTS, points },
  );
}

const ROW_FIELDS: ReadonlySet<string> = new Set(["key", "value", "step", "time", "batch"]);

/** Counting is all that a well-formed row costs: `for in` over rows of one shape is nearly free, looking names up is not. */
function checkFields(row: Fields, known: number, i: number): void {
  let count = 0;
  for (const _ in row) count++;
  if (count === known) return;
  for (const name in row) {
    if (!ROW_FIELDS.has(name)) throw refuse(`points[${i}].${name}`, row[name], "is not a field of a point");
  }
}

function readRows(rows: readonly unknown[], now: number, to: PointColumns): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (!isObject(row))
      throw refuse(`points[${i}]`, row, 'must be an object such as {"key": "loss", "step": 1, "value": 0.5}');
    const { key, value, step, time, batch } = row;
    checkFields(row, 2 + Number(step !== undefined) + Number(time !== undefined) + Number(batch !== undefined), i);
    if (typeof key !== "string" || to.startKey(key)) checkKey(key, i);
    to.add(
      step === undefined ? 0 : whole(step, "points", i, "step"),
      time === undefined ? now : whole(time, "points", i, "time"),
      typeof value === "number" && Number.isFinite(value) ? value : named(value, "points", i, "value"),
      batch == null ? Number.NaN : whole(batch, "points", i, "batch"),
    );
  }
}

const COLUMNS: ReadonlySet<string> = new Set(["steps", "values", "times", "batches"]);

interface Part {
  readonly key: string;
  readonly steps: readonly unknown[];
  readonly values: readonly unknown[];
  readonly times: readonly unknown[] | undefined;
  readonly batches: readonly unknown[] | undefined;
}

function checkPart(key: string, part: unknown): Part {
  checkKey(key, null);
  if (!isObject(part))
    throw refuse(partPlace(key), part, 'must be an object such as {"steps": [1, 2], "values": [0.5, 0.4]}');
  for (const name in part) {
    if (!COLUMNS.has(name))
      throw refuse(`${partPlace(key)}.${name}`, part[name], "is not a column: give steps, values, times, batches");
  }
  const { steps, values, times, batches } = part;
  const length = Array.isArray(values) ? values.length : 0;
  return {
    key,
    steps: checkColumn(key, "steps", steps, length),
    values: checkColumn(key, "values", values, length),
    times: times === undefined ? times : checkColumn(key, "times", times, length),
    batches: batches === undefined ? batches : checkColumn(key, "batches", batches, length),
  };
}

/** Names a place for a complaint: not made before there is one, because a body has thousands. */
function partPlace(key: string): string {
  return `series[${showValue(key)}]`;
}

function checkColumn(key: string, name: string, column: unknown, length: number): readonly unknown[] {
  if (!Array.isArray(column)) throw refuse(`${partPlace(key)}.${name}`, column, "must be a list");
  if (column.length === length) return column;
  throw invalid(`${partPlace(key)}: ${column.length} ${name} for ${length} values; columns must be of one length.`);
}

function readPart({ key, steps, values, times, batches }: Part, now: number, to: PointColumns): void {
  to.startKey(key);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const batch = batches?.[i] ?? null;
    to.add(
      whole(steps[i], key, i, "steps"),
      times === undefined ? now : whole(times[i], key, i, "times"),
      typeof value === "number" && Number.isFinite(value) ? value : named(value, key, i, "values"),
      batch === null ? Number.NaN : whole(batch, key, i, "batches"),
    );
  }
}

function checkKey(key: unknown, row: number | null): string {
  const at = row === null ? "A key of series" : `points[${row}].key`;
  if (typeof key !== "string") throw refuse(at, key, "must be a text");
  if (key.length > 0 && key.length <= MAX_SERIES_KEY && isPlainKey(key)) return key;
  throw refuse(
    at,
    key,
    `must be a text of 1 to ${MAX_SERIES_KEY} characters, not blank, without NUL and half surrogate pairs`,
  );
}

function whole(value: unknown, where: string, i: number, what: string): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw refuse(placeOf(where, i, what), value, "must be a whole number within ±(2^53-1)");
}

function named(value: unknown, where: string, i: number, what: string): number {
  if (isNumberName(value)) return Number(value);
  throw refuse(placeOf(where, i, what), value, 'must be a number, or "NaN", "Infinity" or "-Infinity"');
}

function placeOf(where: string, i: number, what: string): string {
  return where === "points" && !what.endsWith("s") ? `points[${i}].${what}` : `${partPlace(where)}.${what}[${i}]`;
}

function refuse(place: string, value: unknown, why: string): TrackerError {
  return invalid(`${place} ${why}, not ${showValue(value)}.`, { field: place });
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
