import type { SeriesBatch } from "@cairn/core";
import { MAX_BATCH } from "../checks.ts";
import { createKeyTable } from "./key-table.ts";
import { type Cursor, scanNumber } from "./scan-number.ts";

const KEY = Buffer.from('"key"');
const VALUE = Buffer.from('"value"');
const TIMESTAMP = Buffer.from('"timestamp"');
const STEP = Buffer.from('"step"');

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const CLOSE_LIST = 0x5d;

/** In the order of the body. Kept between batches: a scan is one synchronous call. */
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
  const cursor: Cursor = { bytes, at: start };
  const table = createKeyTable(bytes);
  let count = 0;
  do {
    if (count === MAX_BATCH.metrics || !isNext(cursor, OPEN) || !isField(cursor, KEY) || !isNext(cursor, QUOTE))
      return undefined;
    const series = table.find(cursor.at);
    if (series < 0) return undefined;
    cursor.at = table.end;
    if (!isNext(cursor, COMMA) || !isField(cursor, VALUE)) return undefined;
    const value = readNumber(cursor);
    if (!isNext(cursor, COMMA) || !isField(cursor, TIMESTAMP)) return undefined;
    const time = readNumber(cursor);
    let step = 0;
    if (isNext(cursor, COMMA)) {
      if (!isField(cursor, STEP)) return undefined;
      step = readNumber(cursor);
    }
    if (Number.isNaN(value) || !Number.isSafeInteger(time) || time < 0 || !Number.isSafeInteger(step)) return undefined;
    if (!isNext(cursor, CLOSE)) return undefined;
    seriesOf[count] = series;
    values[count] = value;
    times[count] = time;
    steps[count] = step;
    count++;
  } while (isNext(cursor, COMMA));
  if (!isNext(cursor, CLOSE_LIST)) return undefined;
  return { points: group(table.keys, Uint32Array.from(table.counts), count), end: cursor.at };
}

function group(keys: readonly string[], counts: Uint32Array, total: number): SeriesBatch {
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
  for (let index = 0; index < total; index++) {
    const series = seriesOf[index] as number;
    const place = next[series] as number;
    next[series] = place + 1;
    batch.steps[place] = steps[index] as number;
    batch.times[place] = times[index] as number;
    batch.values[place] = values[index] as number;
  }
  return batch;
}

function skipBlanks(cursor: Cursor): void {
  const { bytes } = cursor;
  let byte = bytes[cursor.at];
  while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = bytes[++cursor.at];
}

/** Passes over the byte if it comes next, behind blanks. */
function isNext(cursor: Cursor, byte: number): boolean {
  skipBlanks(cursor);
  if (cursor.bytes[cursor.at] !== byte) return false;
  cursor.at++;
  return true;
}

/** Passes over a name and its colon. */
function isField(cursor: Cursor, name: Buffer): boolean {
  skipBlanks(cursor);
  const { bytes, at } = cursor;
  for (let index = 0; index < name.length; index++) if (bytes[at + index] !== name[index]) return false;
  cursor.at = at + name.length;
  return isNext(cursor, COLON);
}

function readNumber(cursor: Cursor): number {
  skipBlanks(cursor);
  return scanNumber(cursor);
}
