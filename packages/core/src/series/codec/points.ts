import { allocatePoints, type Points, pointCount } from "./order.ts";

export {
  allocatePoints,
  compareKeys,
  compareKeyWith,
  compareLatest,
  compareLatestKeys,
  comparePoints,
  type FlatPoints,
  keyAt,
  type PointKey,
  type Points,
  pointCount,
} from "./order.ts";
export { dedupeSorted, isSorted, sortPoints } from "./sort.ts";

/** Points [from, to) as views: no copy. */
export function slicePoints(p: Points, from: number, to: number): Points {
  return {
    steps: p.steps.subarray(from, to),
    times: p.times.subarray(from, to),
    values: p.values.subarray(from, to),
    batches: p.batches === null ? null : p.batches.subarray(from, to),
  };
}

/** All points in the order given; a single part comes back as it is. */
export function concatPoints(parts: readonly Points[]): Points {
  if (parts.length === 1) return parts[0] as Points;
  let n = 0;
  let withBatches = false;
  for (const p of parts) {
    n += pointCount(p);
    if (p.batches !== null) withBatches = true;
  }
  const all = allocatePoints(n, withBatches);
  let at = 0;
  for (const p of parts) {
    all.steps.set(p.steps, at);
    all.times.set(p.times, at);
    all.values.set(p.values, at);
    if (p.batches !== null) all.batches?.set(p.batches, at);
    else all.batches?.fill(Number.NaN, at, at + pointCount(p));
    at += pointCount(p);
  }
  return all;
}
