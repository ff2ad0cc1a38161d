import type { FlatPoints, Points } from "../codec/points.ts";
import type { Column, ColumnPool } from "./column-pool.ts";

/**
 * Points of one run in the order of their arrival, in growing columns, as parts of one series each: what a journal record
 * holds, so that a stretch of its points is encoded without being copied. `slots` names each part's series within the tail.
 * A series that logs one point at a time has as many parts as points, so a part takes as few bytes as can be.
 */
export interface FlatLog {
  /** Where columns come from and go to; null where views of them may outlive a change of the log. */
  readonly pool: ColumnPool | null;
  points: number;
  parts: number;
  steps: Float64Array;
  times: Float64Array;
  values: Float64Array;
  batches: Float64Array | null;
  /** The attempt of every part, unless `attempts` tells them apart. */
  attempt: number;
  attempts: Uint32Array | null;
  counts: Uint32Array;
  slots: Uint32Array;
}

const FEW = 64;

export function createFlatLog(pool: ColumnPool | null = null): FlatLog {
  return {
    pool,
    points: 0,
    parts: 0,
    steps: new Float64Array(FEW),
    times: new Float64Array(FEW),
    values: new Float64Array(FEW),
    batches: null,
    attempt: 0,
    attempts: null,
    counts: new Uint32Array(FEW),
    slots: new Uint32Array(FEW),
  };
}

/** Makes room for more points and parts. Take the columns only after this: they may be other arrays. */
export function reserveLog(log: FlatLog, points: number, parts: number): void {
  const needed = log.points + points;
  if (needed > log.values.length) {
    const room = roomFor(needed);
    log.steps = grown(log, log.steps, room, log.points);
    log.times = grown(log, log.times, room, log.points);
    log.values = grown(log, log.values, room, log.points);
    if (log.batches !== null) log.batches = grown(log, log.batches, room, log.points);
  }
  if (log.parts + parts > log.counts.length) {
    const room = roomFor(log.parts + parts);
    if (log.attempts !== null) log.attempts = grown(log, log.attempts, room, log.parts);
    log.counts = grown(log, log.counts, room, log.parts);
    log.slots = grown(log, log.slots, room, log.parts);
  }
}

/** From now on points may have batches; those before have none. */
export function needBatches(log: FlatLog): Float64Array {
  log.batches ??= new Float64Array(log.values.length).fill(Number.NaN, 0, log.points);
  return log.batches;
}

/** The next `parts` parts, for which room has been reserved, are of this attempt. */
export function takeAttempt(log: FlatLog, attempt: number, parts: number): void {
  if (log.parts === 0) {
    dropAttempts(log);
    log.attempt = attempt;
  }
  if (log.attempts === null && attempt !== log.attempt) {
    const room = log.counts.length;
    log.attempts = log.pool?.take(log.counts, room) ?? new Uint32Array(room);
    log.attempts.fill(log.attempt, 0, log.parts);
  }
  log.attempts?.fill(attempt, log.parts, log.parts + parts);
}

export function attemptOf({ attempts, attempt }: FlatLog, part: number): number {
  return attempts === null ? attempt : (attempts[part] as number);
}

function dropAttempts(log: FlatLog): void {
  if (log.attempts !== null) log.pool?.give(log.attempts);
  log.attempts = null;
}

/** Room must have been reserved, the attempt been taken, and the part's points be in place. */
export function pushPart(log: FlatLog, slot: number, count: number): void {
  const at = log.parts++;
  log.slots[at] = slot;
  log.counts[at] = count;
  log.points += count;
}

/** Appends all parts of a record; `slotOf` gives the tail's slot for a series id. */
export function appendFlat(log: FlatLog, flat: FlatPoints, slotOf: (series: number) => number): void {
  const n = flat.values.length;
  reserveLog(log, n, flat.series.length);
  log.steps.set(flat.steps, log.points);
  log.times.set(flat.times, log.points);
  log.values.set(flat.values, log.points);
  if (flat.batches !== null) needBatches(log).set(flat.batches, log.points);
  else log.batches?.fill(Number.NaN, log.points, log.points + n);
  for (let i = 0; i < flat.series.length; i++) {
    takeAttempt(log, flat.attempts[i] as number, 1);
    pushPart(log, slotOf(flat.series[i] as number), flat.counts[i] as number);
  }
}

/** The log's points as columns: views that hold only until the log changes. */
export function pointsOf(log: FlatLog): Points {
  return { steps: log.steps, times: log.times, values: log.values, batches: log.batches };
}

/** Reused by every slice. */
let sliceSeries = new Uint32Array(FEW);
let sliceAttempts = new Uint32Array(FEW);

/**
 * A stretch of the log as one record: views that hold only until the log changes, or the next slice is taken of any.
 *
 * @param ids series by slot
 */
export function flatSlice(
  log: FlatLog,
  ids: Uint32Array,
  fromPart: number,
  toPart: number,
  from: number,
  to: number,
): FlatPoints {
  const parts = toPart - fromPart;
  if (sliceSeries.length < parts) {
    sliceSeries = new Uint32Array(roomFor(parts));
    sliceAttempts = new Uint32Array(roomFor(parts));
  }
  for (let i = 0; i < parts; i++) sliceSeries[i] = ids[log.slots[fromPart + i] as number] as number;
  return {
    series: sliceSeries.subarray(0, parts),
    attempts: log.attempts?.subarray(fromPart, toPart) ?? sliceAttempts.subarray(0, parts).fill(log.attempt),
    counts: log.counts.subarray(fromPart, toPart),
    steps: log.steps.subarray(from, to),
    times: log.times.subarray(from, to),
    values: log.values.subarray(from, to),
    batches: log.batches === null ? null : log.batches.subarray(from, to),
  };
}

/** Takes the first points and parts away, and gives room back that the rest does not need. */
export function dropFront(log: FlatLog, points: number, parts: number): void {
  const restPoints = log.points - points;
  const restParts = log.parts - parts;
  const roomy = log.values.length > Math.max(FEW, restPoints * 4);
  const room = roomy ? roomFor(restPoints) : log.values.length;
  const partRoom = roomy ? roomFor(restParts) : log.counts.length;
  log.steps = moved(log, log.steps, points, log.points, room);
  log.times = moved(log, log.times, points, log.points, room);
  log.values = moved(log, log.values, points, log.points, room);
  if (log.batches !== null) log.batches = restPoints === 0 ? null : moved(log, log.batches, points, log.points, room);
  if (restParts === 0) dropAttempts(log);
  else if (log.attempts !== null) log.attempts = moved(log, log.attempts, parts, log.parts, partRoom);
  log.counts = moved(log, log.counts, parts, log.parts, partRoom);
  log.slots = moved(log, log.slots, parts, log.parts, partRoom);
  log.points = restPoints;
  log.parts = restParts;
}

/** Gives the columns back. Nobody may use the log, or a view of it, from now on. */
export function releaseLog({ pool, steps, times, values, batches, attempts, counts, slots }: FlatLog): void {
  for (const column of [steps, times, values, batches, attempts, counts, slots]) {
    if (column !== null) pool?.give(column);
  }
}

export function logBytes(log: FlatLog): number {
  return log.values.length * (log.batches === null ? 24 : 32) + log.counts.length * (log.attempts === null ? 8 : 12);
}

/** Beyond so many, columns grow by quarters of an octave: below, copying them costs more than their memory. */
const MANY = 32_768;

/**
 * A power of two, or one of four sizes an octave: few, so that columns given back meet those asked for, and yet of large ones only
 * a tenth is unused. With powers of two it was a third, and runs that grew at the same pace asked for twice their memory at once.
 */
function roomFor(count: number): number {
  let octave = FEW;
  while (octave < count) octave *= 2;
  const quarter = octave / 8;
  return octave <= MANY ? octave : Math.ceil(count / quarter) * quarter;
}

function grown<T extends Column>(log: FlatLog, column: T, room: number, used: number): T {
  return copied(log, column, 0, used, room);
}

function moved<T extends Column>(log: FlatLog, column: T, from: number, to: number, room: number): T {
  if (room === column.length) column.copyWithin(0, from, to);
  return room === column.length ? column : copied(log, column, from, to, room);
}

function copied<T extends Column>({ pool }: FlatLog, column: T, from: number, to: number, room: number): T {
  const copy = pool === null ? new (column.constructor as new (length: number) => T)(room) : pool.take(column, room);
  copy.set(column.subarray(from, to));
  pool?.give(column);
  return copy;
}
