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
}

export function createRows(room: number): BucketRows {
  const doubles = () => new Float64Array(room);
  const words = () => new Uint32Array(room);
  return {
    length: 0,
    minSteps: doubles().fill(Number.POSITIVE_INFINITY),
    maxSteps: doubles().fill(Number.NEGATIVE_INFINITY),
    minTimes: doubles().fill(Number.POSITIVE_INFINITY),
    maxTimes: doubles().fill(Number.NEGATIVE_INFINITY),
    mins: doubles().fill(Number.NaN),
    maxs: doubles().fill(Number.NaN),
    sums: doubles(),
    counts: words(),
    nans: words(),
    positiveInfinities: words(),
    negativeInfinities: words(),
    attempts: words(),
  };
}

export function openRow(rows: BucketRows, attempt: number): number {
  const row = rows.length++;
  rows.attempts[row] = attempt;
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

/** Opens a row for each entry: the common chart of a long series, as copies of whole columns. */
export function openRowsOf(rows: BucketRows, attempt: number, e: EntryColumns): void {
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
  const minSteps = doubles(rows.minSteps);
  const attempts = words(rows.attempts);
  const superseded = new Uint8Array(rows.length);
  let points = 0;
  for (let i = 0; i < rows.length; i++) {
    points += rows.counts[i] as number;
    const limit = overtaken?.get(attempts[i] as number) ?? Number.POSITIVE_INFINITY;
    if ((minSteps[i] as number) >= limit) superseded[i] = 1;
  }
  return {
    raw,
    points,
    minSteps,
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
    attempts,
    superseded,
  };
}

/** Null if the rows lie in order already. */
function sortedOrder({ attempts, length }: BucketRows, starts: Float64Array): Uint32Array | null {
  const compare = (a: number, b: number) => at(attempts, a) - at(attempts, b) || at(starts, a) - at(starts, b) || a - b;
  let sorted = true;
  for (let i = 1; i < length && sorted; i++) sorted = compare(i - 1, i) < 0;
  return sorted ? null : Uint32Array.from({ length }, (_, i) => i).sort(compare);
}

function take<T extends Float64Array | Uint32Array>(
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
