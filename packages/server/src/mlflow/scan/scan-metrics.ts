import type { SeriesBatch } from "@cairn/core";
import { MAX_BATCH } from "../checks.ts";
import { isSame } from "./is-same.ts";
import { createKeyTable } from "./key-table.ts";
import { pass, passKey, passStep, passTimestamp, passValue } from "./pass.ts";
import { NOWHERE, scanNumber } from "./scan-number.ts";

const COMMA = 0x2c;
const CLOSE = 0x7d;
const CLOSE_LIST = 0x5d;

// Kept between batches: a scan is one synchronous call. The columns are in the order of the body.
const table = createKeyTable();
const seriesOf = new Uint16Array(MAX_BATCH.metrics);
const steps = new Float64Array(MAX_BATCH.metrics);
const times = new Float64Array(MAX_BATCH.metrics);
const values = new Float64Array(MAX_BATCH.metrics);

/** Where what stands between the texts and numbers of the metric read last begins, and how long it is. */
interface Gaps {
  /** From the number behind `"step":` of the metric before, through the bracket and the comma, to the key's text. */
  tail: number;
  tailLength: number;
  /** From behind the key's quote to the value. */
  value: number;
  valueLength: number;
  time: number;
  timeLength: number;
  step: number;
  /** 0 = it had no step. */
  stepLength: number;
  /** Where its timestamp and its step stand. */
  timeText: number;
  stepText: number;
  stepTextLength: number;
}

const gaps: Gaps = {
  tail: 0,
  tailLength: 0,
  value: 0,
  valueLength: 0,
  time: 0,
  timeLength: 0,
  step: 0,
  stepLength: 0,
  timeText: 0,
  stepText: 0,
  stepTextLength: 0,
};

export interface ScannedMetrics {
  readonly points: SeriesBatch;
  /** Behind the list's closing bracket. */
  readonly end: number;
}

/**
 * Reads a list of metrics straight from the body's bytes into columns grouped by key: no text and no object for each, which
 * is what most of JSON.parse's time goes into. It knows one form, the one that clients send: an object of `key`, `value`,
 * `timestamp` and perhaps `step`, in this order, plain keys and finite numbers. What equals, byte by byte, the part of the
 * metric before that was read in its place is not read again: names, brackets, blanks, nearly every time and step.
 *
 * @param start behind the list's opening bracket.
 * @returns undefined for anything else, be it wrong or merely unusual: JSON.parse and the schema judge that.
 */
export function scanMetrics(bytes: Buffer, start: number): ScannedMetrics | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  table.begin(bytes, view);
  let at = start;
  let before = NOWHERE;
  for (let count = 0; count < MAX_BATCH.metrics; ) {
    at = scanMetric(bytes, at, count, before);
    if (at === NOWHERE) return undefined;
    count = scanAlike(bytes, view, count + 1);
    before = gaps.stepLength === 0 ? NOWHERE : gaps.stepText + gaps.stepTextLength;
    if (before !== NOWHERE) at = pass(bytes, before, CLOSE);
    if (at === NOWHERE) return undefined;
    const next = pass(bytes, at, COMMA);
    if (next === NOWHERE) {
      const end = pass(bytes, at, CLOSE_LIST);
      return end === NOWHERE ? undefined : { points: group(count), end };
    }
    at = next;
  }
  return undefined;
}

/** One metric into row `row` of the columns, and its gaps; the place behind it, or NOWHERE. */
function scanMetric(bytes: Buffer, start: number, row: number, before: number): number {
  let at = passKey(bytes, start);
  if (at === NOWHERE) return NOWHERE;
  gaps.tail = before;
  gaps.tailLength = at - before;
  const series = table.find(at);
  if (series < 0) return NOWHERE;
  seriesOf[row] = series;
  gaps.value = table.end;
  at = passValue(bytes, table.end);
  if (at === NOWHERE) return NOWHERE;
  gaps.valueLength = at - gaps.value;
  at = scanNumber(bytes, at, values, row);
  if (at === NOWHERE) return NOWHERE;
  gaps.time = at;
  at = passTimestamp(bytes, at);
  if (at === NOWHERE) return NOWHERE;
  gaps.timeLength = at - gaps.time;
  gaps.timeText = at;
  at = scanNumber(bytes, at, times, row);
  if (at === NOWHERE || !isTime(row)) return NOWHERE;
  gaps.step = at;
  gaps.stepLength = 0;
  const end = pass(bytes, at, CLOSE);
  steps[row] = 0;
  if (end !== NOWHERE) return end;
  at = passStep(bytes, at);
  if (at === NOWHERE) return NOWHERE;
  gaps.stepLength = at - gaps.step;
  gaps.stepText = at;
  at = scanNumber(bytes, at, steps, row);
  if (at === NOWHERE || !isWhole(steps, row)) return NOWHERE;
  gaps.stepTextLength = at - gaps.stepText;
  return pass(bytes, at, CLOSE);
}

/**
 * Goes on behind the step of the metric read last, as long as all but the key and the numbers is as it was there.
 * @returns the first row that was not read.
 */
function scanAlike(bytes: Buffer, view: DataView, first: number): number {
  if (gaps.tail < 0 || gaps.stepLength === 0) return first;
  for (let row = first; row < MAX_BATCH.metrics; row++) {
    let at = gaps.stepText + gaps.stepTextLength;
    if (!isSame(view, at, gaps.tail, gaps.tailLength)) return row;
    const series = table.find(at + gaps.tailLength);
    if (series < 0) return row;
    seriesOf[row] = series;
    at = table.end;
    if (!isSame(view, at, gaps.value, gaps.valueLength)) return row;
    at = scanNumber(bytes, at + gaps.valueLength, values, row);
    if (at === NOWHERE || !isSame(view, at, gaps.time, gaps.timeLength)) return row;
    const timeText = at + gaps.timeLength;
    const length = gaps.step - gaps.timeText;
    // With what stands behind it, or a longer number that begins alike would be taken for it.
    if (isSame(view, timeText, gaps.timeText, length + gaps.stepLength)) {
      times[row] = times[row - 1] as number;
      at = timeText + length;
    } else {
      at = scanNumber(bytes, timeText, times, row);
      if (at === NOWHERE || !isTime(row) || !isSame(view, at, gaps.step, gaps.stepLength)) return row;
    }
    const step = at;
    const stepText = at + gaps.stepLength;
    if (isSame(view, stepText, gaps.stepText, gaps.stepTextLength + 1)) {
      steps[row] = steps[row - 1] as number;
    } else {
      at = scanNumber(bytes, stepText, steps, row);
      if (at === NOWHERE || !isWhole(steps, row)) return row;
      gaps.stepTextLength = at - stepText;
    }
    gaps.timeText = timeText;
    gaps.step = step;
    gaps.stepText = stepText;
  }
  return MAX_BATCH.metrics;
}

function isTime(row: number): boolean {
  return isWhole(times, row) && (times[row] as number) >= 0;
}

function isWhole(column: Float64Array, row: number): boolean {
  const value = column[row] as number;
  return Math.floor(value) === value && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

function group(total: number): SeriesBatch {
  const keys = [...table.keys];
  const counts = new Uint32Array(keys.length);
  for (let row = 0; row < total; row++)
    counts[seriesOf[row] as number] = (counts[seriesOf[row] as number] as number) + 1;
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
