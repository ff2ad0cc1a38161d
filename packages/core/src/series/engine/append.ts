import type { SeriesBatch, WriterMark } from "../batch.ts";
import { type Engine, stageTail } from "./engine.ts";
import { needBatches, pushPart, reserveLog, takeAttempt } from "./flat-log.ts";
import { compareToKey, isRising, KEY_WIDTH, setKey } from "./greatest.ts";
import { createPointIndex, extendIndex, hasPoint, indexNext } from "./point-index.ts";
import { NO_SLOT, resolveSlots } from "./resolve.ts";
import { isBelowOrAt, isSealed } from "./sealed-points.ts";
import { isLoaded, loadLog, type RunTail } from "./tail.ts";
import { isApplied, markApplied } from "./writer-marks.ts";

const notRepeated = { repeated: false };

/** Stages a batch. See `SeriesWriter.append`. */
export function appendBatch(
  engine: Engine,
  run: number,
  batch: SeriesBatch,
  mark: WriterMark | null,
): { added: number; repeated: boolean } {
  const tail = stageTail(engine, run);
  if (mark !== null && !stageMark(engine, tail, mark)) return { added: 0, repeated: true };
  if (batch.values.length === 0) return { added: 0, ...notRepeated };
  const slots = resolveSlots(engine.tx, tail, batch);
  const before = tail.log.points;
  if (isAllRising(tail, batch, slots)) appendRising(engine, tail, batch, slots);
  else return { added: appendMixed(engine, tail, batch, slots), ...notRepeated };
  return { added: tail.log.points - before, ...notRepeated };
}

/** False if the batch was applied before. */
function stageMark(engine: Engine, tail: RunTail, { id, number }: WriterMark): boolean {
  const known = tail.writers.get(id);
  const row = known ??
    engine.tx.get("writers", tail.run, id) ?? { run: tail.run, writer: id, highest: 0, low: 0, high: 0 };
  if (isApplied(row, number)) return false;
  const next = markApplied(row, number);
  tail.writers.set(id, next);
  tail.undo.push(() => {
    if (known === undefined) tail.writers.delete(id);
    else tail.writers.set(id, known);
  });
  engine.tx.put("writers", next);
  return true;
}

function isAllRising(tail: RunTail, batch: SeriesBatch, slots: Uint32Array): boolean {
  const { counts } = batch;
  let at = 0;
  for (let i = 0; i < counts.length; i++) {
    const end = at + (counts[i] as number);
    if (end > at && !isRising(batch, at, end, tail.greatest, slots[i] as number)) return false;
    at = end;
  }
  return true;
}

/** The straight way: every point is newer than all that its series has, so the columns are taken over whole. */
function appendRising(engine: Engine, tail: RunTail, batch: SeriesBatch, slots: Uint32Array): void {
  const { counts } = batch;
  const { log } = tail;
  const n = batch.values.length;
  reserveLog(log, n, counts.length);
  log.steps.set(batch.steps, log.points);
  log.times.set(batch.times, log.points);
  log.values.set(batch.values, log.points);
  if (batch.batches !== null) needBatches(log).set(batch.batches, log.points);
  else log.batches?.fill(Number.NaN, log.points, log.points + n);
  pushRising(tail, batch, slots, engine.limits.seriesPoints);
}

/** As `pushChecked` and `setKey` for every part, in one loop over columns: it runs once for each metric of each call. */
function pushRising(
  tail: RunTail,
  { counts, times, steps, values, batches }: SeriesBatch,
  slots: Uint32Array,
  full: number,
): void {
  const { log, greatest, unsealed } = tail;
  takeAttempt(log, tail.head.attempt, counts.length);
  let part = log.parts;
  let before = (part - tail.requestParts) * KEY_WIDTH;
  if (before + counts.length * KEY_WIDTH > tail.keysBefore.length) growKeys(tail, before + counts.length * KEY_WIDTH);
  const { keysBefore } = tail;
  let end = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    if (count === 0) continue;
    end += count;
    const slot = slots[i] as number;
    const key = slot * KEY_WIDTH;
    for (let k = 0; k < KEY_WIDTH; k++) keysBefore[before + k] = greatest[key + k] as number;
    before += KEY_WIDTH;
    const value = values[end - 1] as number;
    greatest[key] = times[end - 1] as number;
    greatest[key + 1] = steps[end - 1] as number;
    greatest[key + 2] = Number.isNaN(value) ? 0 : value;
    greatest[key + 3] = Number.isNaN(value) ? 1 : 0;
    greatest[key + 4] = Number.NEGATIVE_INFINITY;
    if (batches !== null && !Number.isNaN(batches[end - 1])) greatest[key + 4] = batches[end - 1] as number;
    log.slots[part] = slot;
    log.counts[part] = count;
    part += 1;
    const total = (unsealed[slot] as number) + count;
    unsealed[slot] = total;
    if (total >= full) tail.full = true;
  }
  log.parts = part;
  log.points += end;
}

/** The careful way, part by part: late points are looked up, equal ones dropped. */
function appendMixed(engine: Engine, tail: RunTail, batch: SeriesBatch, slots: Uint32Array): number {
  if (!isLoaded(tail)) loadLog(engine, tail);
  const { counts } = batch;
  reserveLog(tail.log, batch.values.length, counts.length);
  if (batch.batches !== null) needBatches(tail.log);
  const before = tail.log.points;
  let at = 0;
  for (let i = 0; i < counts.length; i++) {
    const end = at + (counts[i] as number);
    const slot = slots[i] as number;
    if (slot !== NO_SLOT && end > at) appendPart(engine, tail, batch, at, end, slot);
    at = end;
  }
  return tail.log.points - before;
}

function appendPart(engine: Engine, tail: RunTail, batch: SeriesBatch, from: number, to: number, slot: number): void {
  const { log, greatest } = tail;
  const start = log.points;
  let at = start;
  let best = -1;
  const keyBefore = greatest.slice(slot * KEY_WIDTH, (slot + 1) * KEY_WIDTH);
  if (tail.index !== null) extendIndex(tail.index, log);
  for (let i = from; i < to; i++) {
    const order = compareToKey(batch, i, greatest, slot);
    if (order === 0) continue;
    if (order < 0 && isKnown(engine, tail, slot, batch, i, at - start)) continue;
    log.steps[at] = batch.steps[i] as number;
    log.times[at] = batch.times[i] as number;
    log.values[at] = batch.values[i] as number;
    if (log.batches !== null) log.batches[at] = batch.batches === null ? Number.NaN : (batch.batches[i] as number);
    at += 1;
    if (tail.index !== null) indexNext(tail.index, log, slot);
    if (order > 0) {
      setKey(greatest, slot, batch, i);
      best = i;
    }
  }
  greatest.set(keyBefore, slot * KEY_WIDTH);
  if (at === start) return;
  pushChecked(engine, tail, slot, at - start);
  if (best >= 0) setKey(greatest, slot, batch, best);
  if (tail.index !== null) tail.index.parts = log.parts;
}

/** True if the series has the point: among those in memory (`pending` of this part are in the log, but not pushed) or sealed. */
function isKnown(engine: Engine, tail: RunTail, slot: number, p: SeriesBatch, i: number, pending: number): boolean {
  if (pending > 0 || (tail.unsealed[slot] as number) > 0) {
    if (tail.index === null) {
      tail.index = createPointIndex();
      extendIndex(tail.index, tail.log);
      for (let k = 0; k < pending; k++) indexNext(tail.index, tail.log, slot);
    }
    if (hasPoint(tail.index, tail.log, slot, p, i)) return true;
  }
  return isBelowOrAt(tail, slot, p, i) && isSealed(engine, tail, slot, p, i);
}

/** Pushes a part whose points are in place, noting what a refusal must put back. The greatest key is still the old one. */
function pushChecked(engine: Engine, tail: RunTail, slot: number, count: number): void {
  const { log, unsealed, greatest } = tail;
  const from = slot * KEY_WIDTH;
  const to = (log.parts - tail.requestParts) * KEY_WIDTH;
  if (to + KEY_WIDTH > tail.keysBefore.length) growKeys(tail, to + KEY_WIDTH);
  const { keysBefore } = tail;
  for (let k = 0; k < KEY_WIDTH; k++) keysBefore[to + k] = greatest[from + k] as number;
  takeAttempt(log, tail.head.attempt, 1);
  pushPart(log, slot, count);
  const total = (unsealed[slot] as number) + count;
  unsealed[slot] = total;
  if (total >= engine.limits.seriesPoints) tail.full = true;
}

function growKeys(tail: RunTail, room: number): void {
  const more = new Float64Array(Math.max(room, tail.keysBefore.length * 2));
  more.set(tail.keysBefore);
  tail.keysBefore = more;
}

/** Takes back what the current request staged in this tail. */
export function unstage(tail: RunTail): void {
  const { log, keysBefore, greatest, unsealed } = tail;
  for (let part = log.parts - 1; part >= tail.requestParts; part--) {
    const slot = log.slots[part] as number;
    const from = (part - tail.requestParts) * KEY_WIDTH;
    for (let k = 0; k < KEY_WIDTH; k++) greatest[slot * KEY_WIDTH + k] = keysBefore[from + k] as number;
    unsealed[slot] = (unsealed[slot] as number) - (log.counts[part] as number);
  }
  log.parts = tail.requestParts;
  log.points = tail.requestPoints;
  if (tail.index !== null && tail.index.points > log.points) tail.index = null;
  for (const step of tail.undo.reverse()) step();
  tail.undo = [];
  dropSlots(tail);
}

/** Slots that the request made go, whether born or only looked up; none was there before for the same series. */
function dropSlots(tail: RunTail): void {
  if (tail.slots.length === tail.requestSlots) return;
  for (const [key, slot] of tail.byKey) if (slot >= tail.requestSlots) tail.byKey.delete(key);
  for (const [id, slot] of tail.byId) if (slot >= tail.requestSlots) tail.byId.delete(id);
  tail.slots.length = tail.requestSlots;
  tail.usualKeys = [];
}
