import { compareLatest, comparePoints, keyAt } from "../codec/points.ts";
import { emptySummary, type Summary } from "../codec/summary.ts";
import type { FlatLog } from "./flat-log.ts";

/** Running summaries of the series of a log, a place in each column for each slot. Points are named by their place in the log. */
export interface TailStats {
  count: Uint32Array;
  nan: Uint32Array;
  posInf: Uint32Array;
  negInf: Uint32Array;
  sum: Float64Array;
  /** -1 = none. */
  latest: Int32Array;
  min: Int32Array;
  max: Int32Array;
}

export function createTailStats(room = 16): TailStats {
  return {
    count: new Uint32Array(room),
    nan: new Uint32Array(room),
    posInf: new Uint32Array(room),
    negInf: new Uint32Array(room),
    sum: new Float64Array(room),
    latest: new Int32Array(room).fill(-1),
    min: new Int32Array(room).fill(-1),
    max: new Int32Array(room).fill(-1),
  };
}

/** Takes in a part of the log. */
export function countPart(stats: TailStats, log: FlatLog, slot: number, from: number, to: number): void {
  if (slot >= stats.count.length) grow(stats, slot + 1);
  const { steps, values } = log;
  let latest = stats.latest[slot] as number;
  let min = stats.min[slot] as number;
  let max = stats.max[slot] as number;
  let sum = stats.sum[slot] as number;
  for (let i = from; i < to; i++) {
    const step = steps[i] as number;
    if (latest < 0 || step > (steps[latest] as number)) latest = i;
    else if (step === steps[latest] && compareLatest(log, i, log, latest) > 0) latest = i;
    const v = values[i] as number;
    if (v - v === 0) {
      sum += v;
      if (min < 0 || v < (values[min] as number) || (v === values[min] && comparePoints(log, i, log, min) < 0)) min = i;
      if (max < 0 || v > (values[max] as number) || (v === values[max] && comparePoints(log, i, log, max) < 0)) max = i;
    } else {
      const column = Number.isNaN(v) ? stats.nan : v > 0 ? stats.posInf : stats.negInf;
      column[slot] = (column[slot] as number) + 1;
    }
  }
  stats.count[slot] = (stats.count[slot] as number) + to - from;
  stats.latest[slot] = latest;
  stats.min[slot] = min;
  stats.max[slot] = max;
  stats.sum[slot] = sum;
}

/** The summary of a slot; it does not know the greatest key nor whether steps ascend. */
export function summaryOfSlot(stats: TailStats, log: FlatLog, slot: number): Summary {
  const latest = stats.latest[slot] as number;
  if (latest < 0) return emptySummary();
  const min = stats.min[slot] as number;
  const max = stats.max[slot] as number;
  return {
    count: stats.count[slot] as number,
    latest: keyAt(log, latest),
    min: min < 0 ? null : keyAt(log, min),
    max: max < 0 ? null : keyAt(log, max),
    sum: stats.sum[slot] as number,
    nan: stats.nan[slot] as number,
    posInf: stats.posInf[slot] as number,
    negInf: stats.negInf[slot] as number,
    greatest: null,
    first: null,
    ascending: false,
  };
}

function grow(stats: TailStats, slots: number): void {
  const room = Math.max(slots, stats.count.length * 2);
  const more = createTailStats(room);
  for (const name of ["count", "nan", "posInf", "negInf"] as const) more[name].set(stats[name]);
  for (const name of ["latest", "min", "max"] as const) more[name].set(stats[name]);
  more.sum.set(stats.sum);
  Object.assign(stats, more);
}
