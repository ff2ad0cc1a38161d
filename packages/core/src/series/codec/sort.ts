import { allocatePoints, comparePoints, type Points, pointCount } from "./order.ts";

/** True if points [from, to) rise or stay equal in the one order. */
export function isSorted(p: Points, from = 0, to: number = pointCount(p)): boolean {
  const { times } = p;
  for (let i = from + 1; i < to; i++) {
    if ((times[i] as number) > (times[i - 1] as number)) continue;
    if (comparePoints(p, i - 1, p, i) > 0) return false;
  }
  return true;
}

/**
 * The points in the one order; equal ones keep their order. Sorted points come back as they are, without a copy.
 * Natural merge sort: what comes here is mostly a few sorted stretches one after another, and costs one pass for each doubling.
 */
export function sortPoints(p: Points): Points {
  return isSorted(p) ? p : gather(p, sortedOrder(p));
}

/** One point for each key; the first of equals stays. `p` must be sorted. Without equals it comes back as it is. */
export function dedupeSorted(p: Points): Points {
  const n = pointCount(p);
  let i = 1;
  while (i < n && comparePoints(p, i - 1, p, i) !== 0) i += 1;
  if (i >= n) return p;
  const keep = new Uint32Array(n);
  let kept = 0;
  for (i = 0; i < n; i++) if (i === 0 || comparePoints(p, i - 1, p, i) !== 0) keep[kept++] = i;
  return gather(p, keep.subarray(0, kept));
}

function gather(p: Points, order: Uint32Array): Points {
  const out = allocatePoints(order.length, p.batches !== null);
  for (let i = 0; i < order.length; i++) {
    const from = order[i] as number;
    out.steps[i] = p.steps[from] as number;
    out.times[i] = p.times[from] as number;
    out.values[i] = p.values[from] as number;
  }
  if (p.batches !== null && out.batches !== null) {
    for (let i = 0; i < order.length; i++) out.batches[i] = p.batches[order[i] as number] as number;
  }
  return out;
}

function sortedOrder(p: Points): Uint32Array {
  const n = pointCount(p);
  let from = Uint32Array.from({ length: n }, (_, i) => i);
  let to = new Uint32Array(n);
  let ends = runEnds(p);
  while (ends.length > 1) {
    const merged: number[] = [];
    for (let k = 0; k < ends.length; k += 2) {
      const start = k === 0 ? 0 : (ends[k - 1] as number);
      const middle = ends[k] as number;
      const end = ends[k + 1] ?? middle;
      mergeRuns(p, from, to, start, middle, end);
      merged.push(end);
    }
    [from, to] = [to, from];
    ends = merged;
  }
  return from;
}

function runEnds(p: Points): number[] {
  const n = pointCount(p);
  const ends: number[] = [];
  for (let i = 1; i < n; i++) if (comparePoints(p, i - 1, p, i) > 0) ends.push(i);
  ends.push(n);
  return ends;
}

function mergeRuns(p: Points, from: Uint32Array, to: Uint32Array, start: number, middle: number, end: number): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takeLeft =
      left < middle && (right >= end || comparePoints(p, from[left] as number, p, from[right] as number) <= 0);
    to[at] = from[takeLeft ? left++ : right++] as number;
  }
}
