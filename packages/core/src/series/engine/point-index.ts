import { comparePoints, type Points } from "../codec/points.ts";
import { type FlatLog, pointsOf } from "./flat-log.ts";

/**
 * Finds a point of the log by its series and key. Open addressing over log positions; built when the first late point
 * asks, then kept up to date. A log that was cut or sealed needs a new one.
 */
export interface PointIndex {
  table: Int32Array;
  /** Slot of each log position. */
  slots: Uint32Array;
  /** Log positions and parts indexed so far. */
  points: number;
  parts: number;
}

const EMPTY = -1;
const cell = new Float64Array(1);
const words = new Uint32Array(cell.buffer);

export function createPointIndex(): PointIndex {
  return { table: new Int32Array(256).fill(EMPTY), slots: new Uint32Array(128), points: 0, parts: 0 };
}

/** Takes in the parts that were pushed since. */
export function extendIndex(index: PointIndex, log: FlatLog): void {
  makeRoom(index, log, log.points);
  for (; index.parts < log.parts; index.parts++) {
    const slot = log.slots[index.parts] as number;
    const end = index.points + (log.counts[index.parts] as number);
    while (index.points < end) insert(index, log, slot);
  }
}

/** Takes in the next log position, which belongs to a part that is not pushed yet; tell `index.parts` when it is. */
export function indexNext(index: PointIndex, log: FlatLog, slot: number): void {
  makeRoom(index, log, index.points + 1);
  insert(index, log, slot);
}

/** True if the log holds a point of this slot with the key of point `i`. */
export function hasPoint(index: PointIndex, log: FlatLog, slot: number, p: Points, i: number): boolean {
  const { table, slots } = index;
  const mask = table.length - 1;
  const all = pointsOf(log);
  for (let at = hashOf(slot, p, i) & mask; ; at = (at + 1) & mask) {
    const found = table[at] as number;
    if (found === EMPTY) return false;
    if (slots[found] === slot && comparePoints(all, found, p, i) === 0) return true;
  }
}

function insert(index: PointIndex, log: FlatLog, slot: number): void {
  const { table, slots } = index;
  const mask = table.length - 1;
  const i = index.points++;
  slots[i] = slot;
  let at = hashOf(slot, log, i) & mask;
  while (table[at] !== EMPTY) at = (at + 1) & mask;
  table[at] = i;
}

function makeRoom(index: PointIndex, log: FlatLog, points: number): void {
  if (points > index.slots.length) {
    const slots = new Uint32Array(Math.max(points, index.slots.length * 2));
    slots.set(index.slots.subarray(0, index.points));
    index.slots = slots;
  }
  if (points * 2 <= index.table.length) return;
  let size = index.table.length;
  while (size < points * 2) size *= 2;
  const old = index.slots;
  const upTo = index.points;
  index.table = new Int32Array(size).fill(EMPTY);
  index.points = 0;
  while (index.points < upTo) insert(index, log, old[index.points] as number);
}

function hashOf(slot: number, p: Points, i: number): number {
  let h = Math.imul(slot + 1, 0x9e3779b1);
  h = mix(h, p.times[i] as number);
  h = mix(h, p.steps[i] as number);
  const value = p.values[i] as number;
  h = mix(h, Number.isNaN(value) ? 0 : value);
  const batch = p.batches === null ? Number.NaN : (p.batches[i] as number);
  h = mix(h, Number.isNaN(batch) ? -1 : batch);
  return (h ^ (h >>> 15)) >>> 0;
}

/** Takes in the bits of a double; -0 as 0. */
function mix(h: number, x: number): number {
  cell[0] = x + 0;
  const low = Math.imul((words[0] as number) ^ h, 0x85ebca6b);
  return Math.imul((words[1] as number) ^ low ^ (low >>> 13), 0xc2b2ae35);
}
