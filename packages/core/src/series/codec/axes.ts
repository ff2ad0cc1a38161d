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
  if (!isSame(a.steps, b.steps) || !isSame(a.times, b.times)) return false;
  return a.batches === null || b.batches === null ? a.batches === b.batches : isSame(a.batches, b.batches);
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  // No batch is NaN.
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

/** The most bytes that the axes of `n` points take. */
export function axesLimit(n: number): number {
  return 64 + 32 * n;
}
