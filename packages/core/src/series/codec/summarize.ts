import {
  compareKeys,
  compareLatest,
  compareLatestKeys,
  isSorted,
  keyAt,
  type PointKey,
  type Points,
  pointCount,
  sortPoints,
} from "./points.ts";

/** What is known of a series without reading its points. The keys are null for an empty series. */
export interface Summary {
  readonly count: number;
  /** Greatest by (step, time, value with NaN as 0, is-NaN, batch), so that the order of arrival never matters. */
  readonly latest: PointKey | null;
  /** Least finite value; of equal ones the first in the one order. Null if no value is finite. */
  readonly min: PointKey | null;
  /** Greatest finite value; of equal ones the first in the one order. Null if no value is finite. */
  readonly max: PointKey | null;
  /** Of the finite values. Floating-point: the last digits depend on the grouping, and it may overflow. */
  readonly sum: number;
  readonly nan: number;
  readonly posInf: number;
  readonly negInf: number;
  /** Greatest by the one order: what lies above it is new to the series. */
  readonly greatest: PointKey | null;
  /** Where the series begins in the one order; only there to say whether two parts follow one another. */
  readonly first: { readonly time: number; readonly step: number } | null;
  /**
   * True only if steps never fall in the one order. When two summaries merge it stays true only if both were and one ends, in time
   * and in step, before the other begins; so parts merged out of turn may give false for a series that does ascend, never the reverse.
   */
  readonly ascending: boolean;
}

const empty: Summary = Object.freeze({
  count: 0,
  latest: null,
  min: null,
  max: null,
  sum: 0,
  nan: 0,
  posInf: 0,
  negInf: 0,
  greatest: null,
  first: null,
  ascending: true,
});

/** The summary of no points: the neutral element of `mergeSummaries`. */
export const emptySummary = (): Summary => empty;

/** The summary of points of one series, in any order, without equals. */
export function summarize(p: Points): Summary {
  const n = pointCount(p);
  if (n === 0) return empty;
  const sorted = isSorted(p) ? p : sortPoints(p);
  return {
    ...valuesOf(sorted),
    count: n,
    latest: keyAt(sorted, findLatest(sorted)),
    greatest: keyAt(sorted, n - 1),
    first: { time: (sorted.times[0] as number) + 0, step: (sorted.steps[0] as number) + 0 },
    ascending: stepsAscend(sorted.steps),
  };
}

/**
 * The summary of the union of two disjoint sets of points of one series. Any order and grouping gives the same, but for the last
 * digits of `sum` and for `ascending`, which says its rule.
 */
export function mergeSummaries(a: Summary, b: Summary): Summary {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  return {
    count: a.count + b.count,
    latest: greater(a.latest, b.latest, compareLatestKeys),
    min: greater(a.min, b.min, (x, y) => y.value - x.value || compareKeys(y, x)),
    max: greater(a.max, b.max, (x, y) => x.value - y.value || compareKeys(y, x)),
    sum: a.sum + b.sum,
    nan: a.nan + b.nan,
    posInf: a.posInf + b.posInf,
    negInf: a.negInf + b.negInf,
    greatest: greater(a.greatest, b.greatest, compareKeys),
    first: startsBefore(a, b) ? a.first : b.first,
    ascending: a.ascending && b.ascending && (follows(a, b) || follows(b, a)),
  };
}

function valuesOf(sorted: Points): Pick<Summary, "min" | "max" | "sum" | "nan" | "posInf" | "negInf"> {
  const { values } = sorted;
  let min = -1;
  let max = -1;
  let sum = 0;
  let nan = 0;
  let posInf = 0;
  let negInf = 0;
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number;
    if (v - v === 0) {
      sum += v;
      if (min < 0 || v < (values[min] as number)) min = i;
      if (max < 0 || v > (values[max] as number)) max = i;
    } else if (Number.isNaN(v)) nan += 1;
    else if (v > 0) posInf += 1;
    else negInf += 1;
  }
  const keys = { min: min < 0 ? null : keyAt(sorted, min), max: max < 0 ? null : keyAt(sorted, max) };
  return { ...keys, sum: sum + 0, nan, posInf, negInf };
}

function findLatest(p: Points): number {
  let latest = 0;
  for (let i = 1; i < pointCount(p); i++) if (compareLatest(p, i, p, latest) > 0) latest = i;
  return latest;
}

function stepsAscend(steps: Float64Array): boolean {
  for (let i = 1; i < steps.length; i++) if ((steps[i] as number) < (steps[i - 1] as number)) return false;
  return true;
}

function greater(
  a: PointKey | null,
  b: PointKey | null,
  compare: (a: PointKey, b: PointKey) => number,
): PointKey | null {
  if (a === null) return b;
  if (b === null) return a;
  return compare(a, b) >= 0 ? a : b;
}

function startsBefore(a: Summary, b: Summary): boolean {
  if (a.first === null || b.first === null) return a.first !== null;
  return a.first.time !== b.first.time ? a.first.time < b.first.time : a.first.step <= b.first.step;
}

/**
 * `a` ends before `b` begins, in (time, step), and the step does not fall there. At equal time and step points may mingle, which
 * changes no step.
 */
function follows(a: Summary, b: Summary): boolean {
  if (a.greatest === null || b.first === null) return true;
  return a.greatest.time <= b.first.time && a.greatest.step <= b.first.step;
}
