import { invalid } from "../../errors.ts";
import { type Points, pointCount } from "./points.ts";

/** Points of a fine, a middle and a coarse entry, and of a chunk. */
export const FINE = 64;
export const MIDDLE = 1024;
export const COARSE = 16_384;
export const CHUNK = 4096;

/** What an entry says, in the order in which its columns lie. Loops over it are slow: what is called often names each. */
export const entryColumns = [
  "count",
  "minStep",
  "maxStep",
  "minTime",
  "maxTime",
  "min",
  "max",
  "sum",
  "nan",
  "posInf",
  "negInf",
] as const;

type EntryColumn = (typeof entryColumns)[number];

/**
 * What a pyramid level says about a stretch of points. `min`, `max` and `sum` are over finite values, so that one infinity does not
 * hide a spike; NaN if there is none (`sum` 0). `sum` is floating-point: its last digits depend on the grouping, and it may overflow.
 */
export type Entry = Readonly<Record<EntryColumn, number>>;

/** Entries as a struct of columns, all of one length: 977 of them are read without making an object for each. */
export type EntryColumns = Readonly<Record<EntryColumn, Float64Array>> & { readonly length: number };

/** Columns of zeros in one buffer. */
export function allocateEntries(length: number): EntryColumns {
  const room = new ArrayBuffer(length * entryColumns.length * 8);
  const column = (i: number) => new Float64Array(room, i * length * 8, length);
  return {
    length,
    count: column(0),
    minStep: column(1),
    maxStep: column(2),
    minTime: column(3),
    maxTime: column(4),
    min: column(5),
    max: column(6),
    sum: column(7),
    nan: column(8),
    posInf: column(9),
    negInf: column(10),
  };
}

/** The entry of points [from, to), of which there is at least one. */
export function buildEntry(p: Points, from: number, to: number): Entry {
  const one = allocateEntries(1);
  fillEntry(one, 0, p, from, to, false);
  return entryAt(one, 0);
}

/** One entry for each `unit` points from the first on; the last may be short. `p` is in the one order. */
export function buildEntries(p: Points, unit: number): EntryColumns {
  const n = pointCount(p);
  const entries = allocateEntries(Math.ceil(n / unit));
  for (let i = 0; i < entries.length; i++) fillEntry(entries, i, p, i * unit, Math.min(n, (i + 1) * unit), true);
  return entries;
}

/** The entry of the union of disjoint stretches, of which there is at least one. */
export function mergeEntries(entries: readonly Entry[]): Entry {
  const one = allocateEntries(1);
  foldEntries(one, 0, entriesOf(entries), 0, entries.length);
  return entryAt(one, 0);
}

/** One entry for each `group` neighbours from the first on; the last may be of fewer. */
export function groupEntries(entries: EntryColumns, group: number): EntryColumns {
  const out = allocateEntries(Math.ceil(entries.length / group));
  for (let i = 0; i < out.length; i++) {
    foldEntries(out, i, entries, i * group, Math.min(entries.length, (i + 1) * group));
  }
  return out;
}

export function entryAt(c: EntryColumns, i: number): Entry {
  return {
    count: c.count[i] as number,
    minStep: c.minStep[i] as number,
    maxStep: c.maxStep[i] as number,
    minTime: c.minTime[i] as number,
    maxTime: c.maxTime[i] as number,
    min: c.min[i] as number,
    max: c.max[i] as number,
    sum: c.sum[i] as number,
    nan: c.nan[i] as number,
    posInf: c.posInf[i] as number,
    negInf: c.negInf[i] as number,
  };
}

/** Entries as columns. */
export function entriesOf(entries: readonly Entry[]): EntryColumns {
  const c = allocateEntries(entries.length);
  for (const [i, e] of entries.entries()) {
    c.count[i] = e.count;
    c.minStep[i] = e.minStep;
    c.maxStep[i] = e.maxStep;
    c.minTime[i] = e.minTime;
    c.maxTime[i] = e.maxTime;
    c.min[i] = e.min;
    c.max[i] = e.max;
    c.sum[i] = e.sum;
    c.nan[i] = e.nan;
    c.posInf[i] = e.posInf;
    c.negInf[i] = e.negInf;
  }
  return c;
}

function fillEntry(c: EntryColumns, at: number, p: Points, from: number, to: number, ordered: boolean): void {
  if (from >= to) throw invalid(`An entry needs points, and there are none from ${from} to ${to}.`);
  fillRange(c.minStep, c.maxStep, at, p.steps, from, to);
  if (ordered) fillOrderedRange(c, at, p.times, from, to);
  else fillRange(c.minTime, c.maxTime, at, p.times, from, to);
  fillValues(c, at, p.values, from, to);
  c.count[at] = to - from;
}

function fillValues(c: EntryColumns, at: number, values: Float64Array, from: number, to: number): void {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let i = from; i < to; i++) {
    const v = values[i] as number;
    sum += v;
    if (v < min) min = v;
    if (v > max) max = v;
  }
  // Any NaN or infinity makes the sum one of them too. Rarely a sum of finite values overflows; the slow way is right for it.
  if (sum - sum === 0) setValues(c, at, min, max, sum);
  else fillSpecialValues(c, at, values, from, to);
}

function setValues(c: EntryColumns, at: number, min: number, max: number, sum: number): void {
  c.min[at] = min + 0;
  c.max[at] = max + 0;
  c.sum[at] = sum + 0;
}

function fillSpecialValues(c: EntryColumns, at: number, values: Float64Array, from: number, to: number): void {
  let min = Number.NaN;
  let max = Number.NaN;
  let sum = 0;
  for (let i = from; i < to; i++) {
    const v = values[i] as number;
    if (v - v === 0) {
      sum += v;
      if (!(v >= min)) min = v;
      if (!(v <= max)) max = v;
    } else if (Number.isNaN(v)) c.nan[at] = (c.nan[at] as number) + 1;
    else if (v > 0) c.posInf[at] = (c.posInf[at] as number) + 1;
    else c.negInf[at] = (c.negInf[at] as number) + 1;
  }
  setValues(c, at, min, max, sum);
}

function fillRange(
  mins: Float64Array,
  maxs: Float64Array,
  at: number,
  column: Float64Array,
  from: number,
  to: number,
): void {
  let min = column[from] as number;
  let max = min;
  for (let i = from + 1; i < to; i++) {
    const x = column[i] as number;
    if (x < min) min = x;
    if (x > max) max = x;
  }
  mins[at] = min + 0;
  maxs[at] = max + 0;
}

/** Points in the one order rise in time. */
function fillOrderedRange(c: EntryColumns, at: number, times: Float64Array, from: number, to: number): void {
  c.minTime[at] = (times[from] as number) + 0;
  c.maxTime[at] = (times[to - 1] as number) + 0;
}

function foldEntries(out: EntryColumns, at: number, c: EntryColumns, from: number, to: number): void {
  if (from >= to) throw invalid("There are no entries to merge.");
  out.count[at] = total(c.count, from, to);
  out.minStep[at] = least(c.minStep, from, to);
  out.maxStep[at] = greatest(c.maxStep, from, to);
  out.minTime[at] = least(c.minTime, from, to);
  out.maxTime[at] = greatest(c.maxTime, from, to);
  out.min[at] = least(c.min, from, to);
  out.max[at] = greatest(c.max, from, to);
  out.sum[at] = total(c.sum, from, to);
  out.nan[at] = total(c.nan, from, to);
  out.posInf[at] = total(c.posInf, from, to);
  out.negInf[at] = total(c.negInf, from, to);
}

function total(column: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += column[i] as number;
  return sum;
}

/** NaN stands for "none" and loses against any number. */
function least(column: Float64Array, from: number, to: number): number {
  let x = column[from] as number;
  for (let i = from + 1; i < to; i++) if ((column[i] as number) < x || Number.isNaN(x)) x = column[i] as number;
  return x;
}

function greatest(column: Float64Array, from: number, to: number): number {
  let x = column[from] as number;
  for (let i = from + 1; i < to; i++) if ((column[i] as number) > x || Number.isNaN(x)) x = column[i] as number;
  return x;
}
