import type { ChartAxis } from "./chart-settings.ts";
import { type Rows, rowCount } from "./rows.ts";
import { smoothValues } from "./smooth.ts";

/** A series ready to be drawn: one place on the x axis for each row. */
export interface Line {
  readonly xs: Float64Array;
  /** Of the finite values of each row; NaN if it has none. */
  readonly means: Float64Array;
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  /** The means smoothed; null when nothing is to be smoothed. */
  readonly smooth: Float64Array | null;
  readonly counts: Uint32Array;
  /** 1 where a later attempt went over it again. */
  readonly superseded: Uint8Array;
  /** Where attempts begin, the first at 0: no line is drawn across. */
  readonly starts: readonly number[];
  /** Places of rows that hold values which are no numbers. */
  readonly marks: readonly Mark[];
  /** Any row stands for more than one point. */
  readonly isBucketed: boolean;
}

export type MarkKind = "nan" | "up" | "down";

export interface Mark {
  readonly row: number;
  readonly kind: MarkKind;
}

export interface LineInput {
  readonly rows: Rows;
  readonly axis: ChartAxis;
  /** When the run began, in ms: the zero of the axis `time`. */
  readonly start: number;
  /** The run's steps as epochs, for the axis `epoch`; left out, epochs are as steps. */
  readonly epochOf?: ((step: number) => number) | undefined;
  readonly smoothing: number;
  /** Length of the whole x axis, for the smoothing. */
  readonly range: number;
}

export function buildLine({ rows, axis, start, epochOf, smoothing, range }: LineInput): Line {
  const length = rowCount(rows);
  const onTime = axis === "time" || axis === "wall";
  const from = onTime ? rows.minTimes : rows.minSteps;
  const to = onTime ? rows.maxTimes : rows.maxSteps;
  let xs = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const middle = ((from[i] as number) + (to[i] as number)) / 2;
    xs[i] = axis === "time" ? middle - start : axis === "epoch" && epochOf !== undefined ? epochOf(middle) : middle;
  }
  const order = orderOf(rows, xs);
  const pick = <A extends Float64Array | Uint32Array | Uint8Array>(column: A): A =>
    order === null ? column : (column.map((_, i) => column[order[i] as number] as number) as A);
  xs = pick(xs);
  const counts = pick(rows.counts);
  const means = meansOf(rows, order);
  const starts = startsOf(pick(rows.attempts));
  return {
    xs,
    means,
    lows: pick(rows.mins),
    highs: pick(rows.maxs),
    smooth: smoothing > 0 ? smoothAttempts(xs, means, counts, starts, smoothing, range) : null,
    counts,
    superseded: pick(rows.superseded),
    starts,
    marks: marksOf(rows, order),
    isBucketed: rows.points > length,
  };
}

/** Within an attempt rows go forwards on the axis; null if they do already. */
function orderOf({ attempts }: Rows, xs: Float64Array): Uint32Array | null {
  let isOrdered = true;
  for (let i = 1; i < xs.length && isOrdered; i++) {
    isOrdered = attempts[i] !== attempts[i - 1] || (xs[i] as number) >= (xs[i - 1] as number);
  }
  if (isOrdered) return null;
  const at = (column: Float64Array | Uint32Array, i: number) => column[i] as number;
  return Uint32Array.from(xs, (_, i) => i).sort(
    (a, b) => at(attempts, a) - at(attempts, b) || at(xs, a) - at(xs, b) || a - b,
  );
}

function meansOf(rows: Rows, order: Uint32Array | null): Float64Array {
  const means = new Float64Array(rowCount(rows));
  for (let i = 0; i < means.length; i++) {
    const row = order === null ? i : (order[i] as number);
    const others = (rows.nans[row] ?? 0) + (rows.positiveInfinities[row] ?? 0) + (rows.negativeInfinities[row] ?? 0);
    const finite = (rows.counts[row] as number) - others;
    means[i] = finite === 0 ? Number.NaN : (rows.sums[row] as number) / finite;
  }
  return means;
}

function startsOf(attempts: Uint32Array): number[] {
  const starts: number[] = [];
  for (let i = 0; i < attempts.length; i++) if (i === 0 || attempts[i] !== attempts[i - 1]) starts.push(i);
  return starts;
}

function smoothAttempts(
  xs: Float64Array,
  means: Float64Array,
  counts: Uint32Array,
  starts: readonly number[],
  smoothing: number,
  range: number,
): Float64Array {
  if (starts.length < 2) return smoothValues(xs, means, counts, smoothing, range);
  const out = new Float64Array(means.length);
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? xs.length;
    const part = [xs.subarray(start, end), means.subarray(start, end), counts.subarray(start, end)] as const;
    out.set(smoothValues(...part, smoothing, range), start);
  }
  return out;
}

function marksOf({ nans, positiveInfinities, negativeInfinities }: Rows, order: Uint32Array | null): Mark[] {
  const marks: Mark[] = [];
  for (let row = 0; row < nans.length; row++) {
    const at = order === null ? row : (order[row] as number);
    if ((nans[at] as number) > 0) marks.push({ row, kind: "nan" });
    if ((positiveInfinities[at] as number) > 0) marks.push({ row, kind: "up" });
    if ((negativeInfinities[at] as number) > 0) marks.push({ row, kind: "down" });
  }
  return marks;
}

/** The row nearest to `x`; of equally near ones, and of several attempts, the latest. -1 if there is none. */
export function nearestRow({ xs, starts }: Line, x: number): number {
  let best = -1;
  for (const [index, start] of starts.entries()) {
    const row = nearestIn(xs, start, starts[index + 1] ?? xs.length, x);
    if (best === -1 || Math.abs((xs[row] as number) - x) <= Math.abs((xs[best] as number) - x)) best = row;
  }
  return best;
}

function nearestIn(xs: Float64Array, from: number, to: number, x: number): number {
  let low = from;
  let high = to - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((xs[middle] as number) <= x) low = middle;
    else high = middle - 1;
  }
  const next = low + 1;
  return next < to && Math.abs((xs[next] as number) - x) <= Math.abs((xs[low] as number) - x) ? next : low;
}
