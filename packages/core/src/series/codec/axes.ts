import { decodeBatches, encodeBatches } from "./batches.ts";
import type { Reader, Writer } from "./bytes.ts";
import { decodeInts, encodeInts } from "./ints.ts";
import type { Points } from "./points.ts";

/** Where points lie: steps, times and batches. Series that are logged together share them. */
export type Axes = Pick<Points, "steps" | "times" | "batches">;

/** Appends the axes of `n` points; times are stored relative to `baseTime`. */
export function encodeAxes(w: Writer, p: Axes, n: number, baseTime: number, tail: Writer | null): void {
  encodeInts(w, p.steps, 0, n, 0, tail);
  encodeInts(w, p.times, 0, n, baseTime, tail);
  encodeBatches(w, p.batches, 0, n);
}

export function decodeAxes(r: Reader, n: number, baseTime: number): Axes {
  const steps = new Float64Array(n);
  const times = new Float64Array(n);
  decodeInts(r, steps, 0, n);
  decodeInts(r, times, 0, n, baseTime);
  return { steps, times, batches: decodeBatches(r, n) };
}

export function isSameAxes(a: Axes, b: Axes): boolean {
  const n = b.times.length;
  if (a.times.length !== n || a.times[0] !== b.times[0] || a.times[n - 1] !== b.times[n - 1]) return false;
  if ((a.batches === null) !== (b.batches === null)) return false;
  if (a.batches !== null && b.batches !== null && !isSameColumn(a.batches, b.batches, n)) return false;
  return isSameColumn(a.times, b.times, n) && isSameColumn(a.steps, b.steps, n);
}

/** NaN, which stands for "none" among batches, equals itself here. */
function isSameColumn(a: Float64Array, b: Float64Array, n: number): boolean {
  if (a === b) return true;
  for (let i = 0; i < n; i++) if (a[i] !== b[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i]))) return false;
  return true;
}

/** The most bytes that the axes of `n` points take. */
export function axesLimit(n: number): number {
  return 64 + 32 * n;
}
