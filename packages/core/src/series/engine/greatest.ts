import type { PointKey, Points } from "../codec/points.ts";

/**
 * The greatest key of each series of a run, five doubles a slot: time, step, value with NaN as 0, is-NaN, batch with "none"
 * as -Infinity. A series without points has the time -Infinity.
 */
export const KEY_WIDTH = 5;

export function resetKey(keys: Float64Array, slot: number): void {
  keys.fill(Number.NEGATIVE_INFINITY, slot * KEY_WIDTH, (slot + 1) * KEY_WIDTH);
}

export function setKey(keys: Float64Array, slot: number, p: Points, i: number): void {
  const at = slot * KEY_WIDTH;
  const value = p.values[i] as number;
  const batch = p.batches === null ? Number.NaN : (p.batches[i] as number);
  keys[at] = p.times[i] as number;
  keys[at + 1] = p.steps[i] as number;
  keys[at + 2] = Number.isNaN(value) ? 0 : value;
  keys[at + 3] = Number.isNaN(value) ? 1 : 0;
  keys[at + 4] = Number.isNaN(batch) ? Number.NEGATIVE_INFINITY : batch;
}

export function setKeyTo(keys: Float64Array, slot: number, key: PointKey): void {
  const at = slot * KEY_WIDTH;
  keys[at] = key.time;
  keys[at + 1] = key.step;
  keys[at + 2] = Number.isNaN(key.value) ? 0 : key.value;
  keys[at + 3] = Number.isNaN(key.value) ? 1 : 0;
  keys[at + 4] = key.batch ?? Number.NEGATIVE_INFINITY;
}

/** The one order between point `i` and the slot's key: above 0 if the point is greater. */
export function compareToKey(p: Points, i: number, keys: Float64Array, slot: number): number {
  const at = slot * KEY_WIDTH;
  const time = p.times[i] as number;
  if (time !== keys[at]) return time - (keys[at] as number);
  const step = p.steps[i] as number;
  if (step !== keys[at + 1]) return step - (keys[at + 1] as number);
  const value = p.values[i] as number;
  const nan = Number.isNaN(value) ? 1 : 0;
  const number = nan === 1 ? 0 : value;
  if (number !== keys[at + 2]) return number > (keys[at + 2] as number) ? 1 : -1;
  if (nan !== keys[at + 3]) return nan - (keys[at + 3] as number);
  const batch = p.batches === null ? Number.NaN : (p.batches[i] as number);
  const known = Number.isNaN(batch) ? Number.NEGATIVE_INFINITY : batch;
  if (known === keys[at + 4]) return 0;
  return known > (keys[at + 4] as number) ? 1 : -1;
}

/** True if points [from, to) lie above the slot's key and strictly rise by time and step alone, as what a training logs does. */
export function isRising(p: Points, from: number, to: number, keys: Float64Array, slot: number): boolean {
  const { times, steps } = p;
  let time = keys[slot * KEY_WIDTH] as number;
  let step = keys[slot * KEY_WIDTH + 1] as number;
  for (let i = from; i < to; i++) {
    const t = times[i] as number;
    const s = steps[i] as number;
    if (t < time || (t === time && s <= step)) return false;
    time = t;
    step = s;
  }
  return true;
}
