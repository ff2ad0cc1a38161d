import type { EntryColumns } from "../codec/entry.ts";
import type { Points } from "../codec/points.ts";
import type { SeriesBuckets } from "../series.ts";

/** A chart's rows while they are folded. Rows beyond `length` are room. */
export interface BucketRows {
  length: number;
  readonly minSteps: Float64Array;
  readonly maxSteps: Float64Array;
  readonly minTimes: Float64Array;
  readonly maxTimes: Float64Array;
  readonly mins: Float64Array;
  readonly maxs: Float64Array;
  readonly sums: Float64Array;
  readonly counts: Uint32Array;
  readonly nans: Uint32Array;
  readonly positiveInfinities: Uint32Array;
  readonly negativeInfinities: Uint32Array;
  readonly attempts: Uint32Array;
  readonly superseded: Uint8Array;
}

const DOUBLES = 7;
const WORDS = 5;

/** Room for rows: one buffer for all columns. A row has no numbers before it is opened. */
export function createRows(room: number): BucketRows {
  const buffer = new ArrayBuffer(room * (DOUBLES * 8 + WORDS * 4 + 1));
  const doubles = (i: number) => new Float64Array(buffer, i * room * 8, room);
  const words = (i: number) => new Uint32Array(buffer, room * (DOUBLES * 8 + i * 4), room);
  return {
    length: 0,
    minSteps: doubles(0),
    maxSteps: doubles(1),
    minTimes: doubles(2),
    maxTimes: doubles(3),
    mins: doubles(4),
    maxs: doubles(5),
    sums: doubles(6),
    counts: words(0),
    nans: words(1),
    positiveInfinities: words(2),
    negativeInfinities: words(3),
    attempts: words(4),
    superseded: new Uint8Array(buffer, room * (DOUBLES * 8 + WORDS * 4), room),
  };
}

/** A row without points. */
export function openRow(rows: BucketRows, attempt: number): number {
  const row = rows.length++;
  rows.attempts[row] = attempt;
  rows.minSteps[row] = Number.POSITIVE_INFINITY;
  rows.maxSteps[row] = Number.NEGATIVE_INFINITY;
  rows.minTimes[row] = Number.POSITIVE_INFINITY;
  rows.maxTimes[row] = Number.NEGATIVE_INFINITY;
  rows.mins[row] = Number.NaN;
  rows.maxs[row] = Number.NaN;
  return row;
}

/** Adds a pyramid entry to a row. */
export function foldEntry(rows: BucketRows, row: number, e: EntryColumns, i: number): void {
  rows.counts[row] = (rows.counts[row] as number) + (e.count[i] as number);
  foldRange(rows, row, e.minStep[i] as number, e.maxStep[i] as number, e.minTime[i] as number, e.maxTime[i] as number);
  foldValues(rows, row, e.min[i] as number, e.max[i] as number, e.sum[i] as number);
  rows.nans[row] = (rows.nans[row] as number) + (e.nan[i] as number);
  rows.positiveInfinities[row] = (rows.positiveInfinities[row] as number) + (e.posInf[i] as number);
  rows.negativeInfinities[row] = (rows.negativeInfinities[row] as number) + (e.negInf[i] as number);
}

/** Opens a row for each entry: the common chart of a long series, as copies of whole columns. The room is still untouched. */
export function openRowsOf(rows: BucketRows, attempt: number, e: EntryColumns, allFinite: boolean): void {
  const row = rows.length;
  rows.length += e.length;
  rows.attempts.fill(attempt, row, rows.length);
  rows.counts.set(e.count, row);
  rows.minSteps.set(e.minStep, row);
  rows.maxSteps.set(e.maxStep, row);
  rows.minTimes.set(e.minTime, row);
  rows.maxTimes.set(e.maxTime, row);
  rows.mins.set(e.min, row);
  rows.maxs.set(e.max, row);
  rows.sums.set(e.sum, row);
  if (allFinite) return;
  rows.nans.set(e.nan, row);
  rows.positiveInfinities.set(e.posInf, row);
  rows.negativeInfinities.set(e.negInf, row);
}

/** Adds a point to a row. */
export function foldPoint(rows: BucketRows, row: number, p: Points, i: number): void {
  const step = p.steps[i] as number;
  const time = p.times[i] as number;
  const value = p.values[i] as number;
  rows.counts[row] = (rows.counts[row] as number) + 1;
  foldRange(rows, row, step, step, time, time);
  if (value - value === 0) foldValues(rows, row, value, value, value);
  else {
    const column = Number.isNaN(value) ? rows.nans : value > 0 ? rows.positiveInfinities : rows.negativeInfinities;
    column[row] = (column[row] as number) + 1;
  }
}

/** Every `group` neighbours become one row, of the last one's attempt. */
export function foldNeighbours(rows: BucketRows, group: number): BucketRows {
  const out = createRows(Math.ceil(rows.length / group));
  for (let i = 0; i < rows.length; i++) {
    const row = Math.floor(i / group);
    if (row === out.length) openRow(out, 0);
    out.attempts[row] = rows.attempts[i] as number;
    out.counts[row] = (out.counts[row] as number) + (rows.counts[i] as number);
    foldRange(out, row, at(rows.minSteps, i), at(rows.maxSteps, i), at(rows.minTimes, i), at(rows.maxTimes, i));
    foldValues(out, row, at(rows.mins, i), at(rows.maxs, i), at(rows.sums, i));
    for (const name of ["nans", "positiveInfinities", "negativeInfinities"] as const) {
      out[name][row] = (out[name][row] as number) + (rows[name][i] as number);
    }
  }
  return out;
}

/** The answer: rows by attempt, then by where they begin on the axis. */
export function finishRows(
  rows: BucketRows,
  axis: "step" | "time",
  raw: boolean,
  overtaken: ReadonlyMap<number, number> | null,
): SeriesBuckets {
  const order = sortedOrder(rows, axis === "step" ? rows.minSteps : rows.minTimes);
  const doubles = (column: Float64Array) => take(column, rows.length, order, Float64Array);
  const words = (column: Uint32Array) => take(column, rows.length, order, Uint32Array);
  let points = 0;
  for (let i = 0; i < rows.length; i++) points += rows.counts[i] as number;
  if (overtaken !== null) flagSuperseded(rows, overtaken);
  return {
    raw,
    points,
    minSteps: doubles(rows.minSteps),
    maxSteps: doubles(rows.maxSteps),
    minTimes: doubles(rows.minTimes),
    maxTimes: doubles(rows.maxTimes),
    mins: doubles(rows.mins),
    maxs: doubles(rows.maxs),
    sums: doubles(rows.sums),
    counts: words(rows.counts),
    nans: words(rows.nans),
    positiveInfinities: words(rows.positiveInfinities),
    negativeInfinities: words(rows.negativeInfinities),
    attempts: words(rows.attempts),
    superseded: take(rows.superseded, rows.length, order, Uint8Array),
  };
}

function flagSuperseded(
  { minSteps, attempts, superseded, length }: BucketRows,
  overtaken: ReadonlyMap<number, number>,
) {
  for (let i = 0; i < length; i++) {
    if (at(minSteps, i) >= (overtaken.get(at(attempts, i)) ?? Number.POSITIVE_INFINITY)) superseded[i] = 1;
  }
}

/** Null if the rows lie in order already. */
function sortedOrder({ attempts, length }: BucketRows, starts: Float64Array): Uint32Array | null {
  let i = 1;
  while (i < length) {
    const rises = (attempts[i] as number) - (attempts[i - 1] as number);
    if (rises < 0 || (rises === 0 && (starts[i] as number) < (starts[i - 1] as number))) break;
    i += 1;
  }
  if (i >= length) return null;
  const compare = (a: number, b: number) => at(attempts, a) - at(attempts, b) || at(starts, a) - at(starts, b) || a - b;
  return Uint32Array.from({ length }, (_, i) => i).sort(compare);
}

function take<T extends Float64Array | Uint32Array | Uint8Array>(
  column: T,
  length: number,
  order: Uint32Array | null,
  make: new (length: number) => T,
): T {
  if (order === null) return column.length === length ? column : (column.slice(0, length) as T);
  const out = new make(length);
  for (let i = 0; i < length; i++) out[i] = column[order[i] as number] as number;
  return out;
}

function foldRange(
  rows: BucketRows,
  row: number,
  minStep: number,
  maxStep: number,
  minTime: number,
  maxTime: number,
): void {
  if (minStep < (rows.minSteps[row] as number)) rows.minSteps[row] = minStep;
  if (maxStep > (rows.maxSteps[row] as number)) rows.maxSteps[row] = maxStep;
  if (minTime < (rows.minTimes[row] as number)) rows.minTimes[row] = minTime;
  if (maxTime > (rows.maxTimes[row] as number)) rows.maxTimes[row] = maxTime;
}

/** NaN stands for "no finite value" and changes nothing. */
function foldValues(rows: BucketRows, row: number, min: number, max: number, sum: number): void {
  const least = rows.mins[row] as number;
  const most = rows.maxs[row] as number;
  if (min < least || Number.isNaN(least)) rows.mins[row] = min;
  if (max > most || Number.isNaN(most)) rows.maxs[row] = max;
  rows.sums[row] = (rows.sums[row] as number) + sum;
}

function at(column: Float64Array | Uint32Array, i: number): number {
  return column[i] as number;
}
