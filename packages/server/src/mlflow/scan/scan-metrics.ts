import type { SeriesBatch } from "@cairn/core";
import { MAX_BATCH } from "../checks.ts";
import { createKeyTable } from "./key-table.ts";
import { NOWHERE, scanNumber } from "./scan-number.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const CLOSE_LIST = 0x5d;

// Kept between batches: a scan is one synchronous call. The columns are in the order of the body.
const table = createKeyTable();
const seriesOf = new Uint16Array(MAX_BATCH.metrics);
const steps = new Float64Array(MAX_BATCH.metrics);
const times = new Float64Array(MAX_BATCH.metrics);
const values = new Float64Array(MAX_BATCH.metrics);

export interface ScannedMetrics {
  readonly points: SeriesBatch;
  /** Behind the list's closing bracket. */
  readonly end: number;
}

/**
 * Reads a list of metrics straight from the body's bytes into columns grouped by key: no text and no object for each, which
 * is what most of JSON.parse's time goes into. It knows one form, the one that clients send: an object of `key`, `value`,
 * `timestamp` and perhaps `step`, in this order, plain keys and finite numbers.
 *
 * @param start behind the list's opening bracket.
 * @returns undefined for anything else, be it wrong or merely unusual: JSON.parse and the schema judge that.
 */
export function scanMetrics(bytes: Buffer, start: number): ScannedMetrics | undefined {
  table.begin(bytes);
  let at = start;
  for (let count = 0; count < MAX_BATCH.metrics; count++) {
    at = scanMetric(bytes, at, count);
    if (at === NOWHERE) return undefined;
    const next = pass(bytes, at, COMMA);
    if (next === NOWHERE) {
      const end = pass(bytes, at, CLOSE_LIST);
      return end === NOWHERE ? undefined : { points: group(count + 1), end };
    }
    at = next;
  }
  return undefined;
}

/** One metric into row `row` of the columns; the place behind it, or NOWHERE. */
function scanMetric(bytes: Buffer, start: number, row: number): number {
  let at = passKey(bytes, start);
  if (at === NOWHERE || bytes[at] !== QUOTE) return NOWHERE;
  const series = table.find(at + 1);
  if (series < 0) return NOWHERE;
  seriesOf[row] = series;
  at = passValue(bytes, table.end);
  if (at === NOWHERE) return NOWHERE;
  at = scanNumber(bytes, at, values, row);
  if (at === NOWHERE) return NOWHERE;
  at = passTimestamp(bytes, at);
  if (at === NOWHERE) return NOWHERE;
  at = scanNumber(bytes, at, times, row);
  if (at === NOWHERE || !isWhole(times, row) || (times[row] as number) < 0) return NOWHERE;
  const end = pass(bytes, at, CLOSE);
  steps[row] = 0;
  if (end !== NOWHERE) return end;
  at = passStep(bytes, at);
  if (at === NOWHERE) return NOWHERE;
  at = scanNumber(bytes, at, steps, row);
  return at === NOWHERE || !isWhole(steps, row) ? NOWHERE : pass(bytes, at, CLOSE);
}

function isWhole(column: Float64Array, row: number): boolean {
  const value = column[row] as number;
  return Math.floor(value) === value && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

function group(total: number): SeriesBatch {
  const { keys, counts } = table.collect();
  const next = new Uint32Array(counts.length);
  for (let index = 1; index < counts.length; index++) {
    next[index] = (next[index - 1] as number) + (counts[index - 1] as number);
  }
  const batch = {
    keys,
    counts,
    steps: new Float64Array(total),
    times: new Float64Array(total),
    values: new Float64Array(total),
    batches: null,
  };
  for (let row = 0; row < total; row++) {
    const series = seriesOf[row] as number;
    const place = next[series] as number;
    next[series] = place + 1;
    batch.steps[place] = steps[row] as number;
    batch.times[place] = times[row] as number;
    batch.values[place] = values[row] as number;
  }
  return batch;
}

/** Behind the byte, if it comes next but for blanks; else NOWHERE. */
function pass(bytes: Buffer, from: number, byte: number): number {
  const at = passBlanks(bytes, from);
  return bytes[at] === byte ? at + 1 : NOWHERE;
}

function passBlanks(bytes: Buffer, from: number): number {
  return (bytes[from] as number) > 0x20 ? from : passSome(bytes, from);
}

function passSome(bytes: Buffer, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = bytes[at]) at++;
  return at;
}

// The four names, each with what stands before it and its colon, up to its value. Byte by byte and one function for each:
// loops and calls for every byte take longer than all the rest, and half of what is read are names.

function passKey(b: Buffer, from: number): number {
  const start = pass(b, from, OPEN);
  if (start === NOWHERE) return NOWHERE;
  const i = passBlanks(b, start);
  const is = b[i] === QUOTE && b[i + 1] === 0x6b && b[i + 2] === 0x65 && b[i + 3] === 0x79 && b[i + 4] === QUOTE;
  return is ? passColon(b, i + 5) : NOWHERE;
}

function passValue(b: Buffer, from: number): number {
  const start = pass(b, from, COMMA);
  if (start === NOWHERE) return NOWHERE;
  const i = passBlanks(b, start);
  const is =
    b[i] === QUOTE &&
    b[i + 1] === 0x76 &&
    b[i + 2] === 0x61 &&
    b[i + 3] === 0x6c &&
    b[i + 4] === 0x75 &&
    b[i + 5] === 0x65 &&
    b[i + 6] === QUOTE;
  return is ? passColon(b, i + 7) : NOWHERE;
}

function passTimestamp(b: Buffer, from: number): number {
  const start = pass(b, from, COMMA);
  if (start === NOWHERE) return NOWHERE;
  const i = passBlanks(b, start);
  const is =
    b[i] === QUOTE &&
    b[i + 1] === 0x74 &&
    b[i + 2] === 0x69 &&
    b[i + 3] === 0x6d &&
    b[i + 4] === 0x65 &&
    b[i + 5] === 0x73 &&
    b[i + 6] === 0x74 &&
    b[i + 7] === 0x61 &&
    b[i + 8] === 0x6d &&
    b[i + 9] === 0x70 &&
    b[i + 10] === QUOTE;
  return is ? passColon(b, i + 11) : NOWHERE;
}

function passStep(b: Buffer, from: number): number {
  const start = pass(b, from, COMMA);
  if (start === NOWHERE) return NOWHERE;
  const i = passBlanks(b, start);
  const is =
    b[i] === QUOTE &&
    b[i + 1] === 0x73 &&
    b[i + 2] === 0x74 &&
    b[i + 3] === 0x65 &&
    b[i + 4] === 0x70 &&
    b[i + 5] === QUOTE;
  return is ? passColon(b, i + 6) : NOWHERE;
}

function passColon(bytes: Buffer, from: number): number {
  const at = pass(bytes, from, COLON);
  return at === NOWHERE ? NOWHERE : passBlanks(bytes, at);
}
