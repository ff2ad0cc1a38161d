/** Parallel columns of points. `batches`: null = no point has one; else NaN marks "none". */
export interface Points {
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly batches: Float64Array | null;
}

/** Several series' points laid end to end: part i is `counts[i]` points of `series[i]` in `attempts[i]`. */
export interface FlatPoints extends Points {
  readonly series: Uint32Array;
  readonly attempts: Uint32Array;
  readonly counts: Uint32Array;
}

/** One point as scalars; it is its own key. `value` may be NaN or infinite, and is never -0. */
export interface PointKey {
  readonly time: number;
  readonly step: number;
  readonly value: number;
  readonly batch: number | null;
}

export function pointCount(p: Points): number {
  return p.values.length;
}

/** Columns of zeros for `n` points, to be filled. */
export function allocatePoints(n: number, withBatches: boolean): Points {
  return {
    steps: new Float64Array(n),
    times: new Float64Array(n),
    values: new Float64Array(n),
    batches: withBatches ? new Float64Array(n) : null,
  };
}

/**
 * The one order, in which histories are told and points are stored: time, step, value with NaN as 0, is-NaN, batch with none
 * lowest. -0 equals 0. Points that compare as 0 are one point.
 */
export function comparePoints(a: Points, i: number, b: Points, j: number): number {
  const ta = a.times[i] as number;
  const tb = b.times[j] as number;
  if (ta !== tb) return ta < tb ? -1 : 1;
  const sa = a.steps[i] as number;
  const sb = b.steps[j] as number;
  if (sa !== sb) return sa < sb ? -1 : 1;
  return compareRest(a.values[i] as number, batchAt(a, i), b.values[j] as number, batchAt(b, j));
}

/** The order of "latest": step, time, then as in the one order. The latest point is the greatest. */
export function compareLatest(a: Points, i: number, b: Points, j: number): number {
  const sa = a.steps[i] as number;
  const sb = b.steps[j] as number;
  if (sa !== sb) return sa < sb ? -1 : 1;
  return comparePoints(a, i, b, j);
}

export function keyAt(p: Points, i: number): PointKey {
  const batch = batchAt(p, i);
  return {
    time: (p.times[i] as number) + 0,
    step: (p.steps[i] as number) + 0,
    value: (p.values[i] as number) + 0,
    batch: batch === NO_BATCH ? null : batch + 0,
  };
}

/** The one order between a key and point `i`. */
export function compareKeyWith(key: PointKey, p: Points, i: number): number {
  const t = p.times[i] as number;
  if (key.time !== t) return key.time < t ? -1 : 1;
  const s = p.steps[i] as number;
  if (key.step !== s) return key.step < s ? -1 : 1;
  return compareRest(key.value, key.batch ?? NO_BATCH, p.values[i] as number, batchAt(p, i));
}

/** The one order between two keys. */
export function compareKeys(a: PointKey, b: PointKey): number {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1;
  if (a.step !== b.step) return a.step < b.step ? -1 : 1;
  return compareRest(a.value, a.batch ?? NO_BATCH, b.value, b.batch ?? NO_BATCH);
}

/** The order of "latest" between two keys. */
export function compareLatestKeys(a: PointKey, b: PointKey): number {
  if (a.step !== b.step) return a.step < b.step ? -1 : 1;
  return compareKeys(a, b);
}

const NO_BATCH: number = Number.NEGATIVE_INFINITY;

function batchAt(p: Points, i: number): number {
  if (p.batches === null) return NO_BATCH;
  const batch = p.batches[i] as number;
  return Number.isNaN(batch) ? NO_BATCH : batch;
}

function compareRest(va: number, batchA: number, vb: number, batchB: number): number {
  const nanA = Number.isNaN(va);
  const nanB = Number.isNaN(vb);
  const x = nanA ? 0 : va;
  const y = nanB ? 0 : vb;
  if (x !== y) return x < y ? -1 : 1;
  if (nanA !== nanB) return nanA ? 1 : -1;
  if (batchA !== batchB) return batchA < batchB ? -1 : 1;
  return 0;
}
