import { isCorruptRecord } from "../codec/corrupt.ts";
import { readRecord } from "./damage.ts";
import { type Engine, openTail } from "./engine.ts";
import { findLargest, noteTime } from "./hot-runs.ts";
import { findMerge, mergeStep } from "./merge.ts";
import { sweep } from "./remove.ts";
import { rewriteStep } from "./rewrite.ts";
import { sealRun } from "./seal.ts";
import type { RunTail } from "./tail.ts";

const SWEEP_WEIGHT = 512;
/** Seals for want of memory begin at this part of the limit, so that tails seldom have to let go of their points. */
export const TAILS_FULL = 0.75;
/** Runs are sealed together up to so many points, which take a few milliseconds when each is of another series. */
const SMALL_POINTS = 256;
/** Bytes of journal below which sealing a run would free too little memory. */
const WORTH_SEALING = 128 << 10;

/** See `SeriesWriter.isDue`. Before its first group the engine does not know what an earlier process left. */
export function isDue(engine: Engine, now: number): boolean {
  if (!engine.begun || engine.hasDead || engine.work.size > 0) return true;
  noteTime(engine, now);
  return findDue(engine) !== null;
}

/** See `SeriesWriter.sealNext`. Seals go before merges, because only they free the journal. */
export function sealNext(engine: Engine, now: number): number | null {
  noteTime(engine, now);
  takeBudget(engine);
  const run = findDue(engine);
  if (run !== null) {
    guard(engine, run, () => seal(engine, run));
    sealSmall(engine, SMALL_POINTS - pointsOf(engine, run));
    return run;
  }
  for (const next of engine.work) {
    if (guard(engine, next, () => workOn(engine, openTail(engine, next)))) return next;
    engine.work.delete(next);
  }
  return sweep(engine, SWEEP_WEIGHT);
}

/** Without points to wait for, a call may do twice as much as the one before. */
function takeBudget(engine: Engine): void {
  const { arrived, budget, limits } = engine;
  const isPressed = engine.tailBytes > limits.tailBytes / 2 || engine.journalBytes > limits.journalBytes / 2;
  const least = arrived === 0 ? 2 * budget : arrived * (isPressed ? 2 : 1.25);
  engine.budget = Math.min(limits.workPoints, Math.max(limits.busyPoints, least));
  engine.arrived = 0;
}

/** Goes on with other runs that are due, as long as all are small: a commit for each would cost more than their seals. */
function sealSmall(engine: Engine, points: number): void {
  let left = points;
  for (const run of engine.due) {
    left -= pointsOf(engine, run);
    if (left < 0 || engine.current !== null) return;
    if (!engine.broken.has(run)) guard(engine, run, () => seal(engine, run));
  }
}

function pointsOf(engine: Engine, run: number): number {
  return engine.hot.get(run)?.points ?? 0;
}

/** A run that cannot be worked on must not keep the others from being sealed. */
function guard<T>(engine: Engine, run: number, work: () => T): T {
  try {
    return readRecord(null, run, () => "a sealed record", work, work);
  } catch (error) {
    if (isCorruptRecord(error)) engine.broken.add(run);
    engine.due.delete(run);
    engine.work.delete(run);
    throw error;
  }
}

function seal(engine: Engine, run: number): number {
  const tail = openTail(engine, run);
  engine.due.delete(run);
  sealRun(engine, tail);
  const { runPoints, runBytes, seriesPoints } = engine.limits;
  const { head } = tail;
  engine.current = tail.seal === null ? null : run;
  if (engine.current !== null) return run;
  tail.full = tail.unsealed.some((points) => points >= seriesPoints);
  const left = head.sealed < head.seq;
  if (left && (tail.full || tail.ended || head.points >= runPoints || head.bytes >= runBytes)) engine.due.add(run);
  engine.work.add(run);
  return run;
}

/** One piece of the work that sealing leaves behind; false if there is none. */
function workOn(engine: Engine, tail: RunTail): boolean {
  const merge = findMerge(engine, tail);
  if (merge !== null) {
    mergeStep(engine, tail, merge);
    return true;
  }
  return rewriteStep(engine, tail);
}

function findDue(engine: Engine): number | null {
  const { limits, current } = engine;
  if (current !== null && !engine.broken.has(current)) return current;
  const isFull = engine.journalBytes > limits.journalBytes;
  if (isFull || engine.tailBytes > limits.tailBytes * TAILS_FULL) {
    const largest = findLargest(engine, isFull ? 0 : WORTH_SEALING);
    if (largest !== null) return largest;
  }
  for (const run of engine.due) if (!engine.broken.has(run)) return run;
  return null;
}
