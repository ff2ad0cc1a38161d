import { CHUNK } from "../codec/entry.ts";
import { concatPoints, type Points, pointCount, slicePoints, sortPoints } from "../codec/points.ts";
import { findLiveParts, type LivePart } from "./bundle-info.ts";
import { createPartReader } from "./bundle-parts.ts";
import type { Engine } from "./engine.ts";
import { openBundles } from "./open-bundles.ts";
import { dropDead, placeOfSeal, putBundles, type Rest } from "./put-bundles.ts";
import { putChunks } from "./put-chunks.ts";
import type { RunTail, SeriesSlot } from "./tail.ts";

export type PartReader = (part: LivePart) => Points;

/** New points of one attempt that join what bundles hold. */
export interface Addition {
  readonly attempt: number;
  readonly points: Points;
}

/** True if some attempt of the series has a chunk's worth of points in bundles. */
export function isFillable(engine: Engine, tail: RunTail, at: number): boolean {
  const slot = tail.slots[at] as SeriesSlot;
  if (slot.row === null || slot.bundled < CHUNK) return false;
  const counts = new Map<number, number>();
  for (const { attempt, count } of findLiveParts(openBundles(engine, tail), slot.id, slot.row.taken)) {
    counts.set(attempt, (counts.get(attempt) ?? 0) + count);
  }
  for (const count of counts.values()) if (count >= CHUNK) return true;
  return false;
}

/**
 * Takes all that bundles hold of a series, with new points, into chunks, as far as they fill them; gives back the rest. Taking
 * all, and not only what would fill a chunk, keeps the chunks of a series that grows in order from lying over each other.
 * The slot's row in memory changes; whoever calls puts it.
 */
export function fillSeries(
  engine: Engine,
  tail: RunTail,
  at: number,
  additions: readonly Addition[],
  read: PartReader,
): Rest[] {
  const slot = tail.slots[at] as SeriesSlot;
  if (slot.row === null) return [];
  const byAttempt = new Map<number, Points[]>();
  const add = (attempt: number, points: Points) => {
    const list = byAttempt.get(attempt);
    if (list === undefined) byAttempt.set(attempt, [points]);
    else list.push(points);
  };
  for (const part of findLiveParts(openBundles(engine, tail), slot.id, slot.row.taken)) {
    add(part.attempt, read(part));
    part.bundle.live -= part.count;
  }
  for (const { attempt, points } of additions) add(attempt, points);
  slot.row = { ...slot.row, taken: tail.head.bundles };
  slot.bundled = 0;
  const rests: Rest[] = [];
  for (const [attempt, lists] of byAttempt) {
    const points = sortPoints(concatPoints(lists));
    const n = pointCount(points);
    const whole = Math.floor(n / CHUNK);
    putChunks(engine, tail, at, attempt, points, whole);
    if (n > whole * CHUNK)
      rests.push({ slot: at, series: slot.id, attempt, points: slicePoints(points, whole * CHUNK, n) });
  }
  return rests;
}

/** Fills chunks from bundles alone, for as many series as one call may handle. */
export function fillStep(engine: Engine, tail: RunTail): void {
  const read = createPartReader(engine, tail.run);
  const rests: Rest[] = [];
  let points = 0;
  for (const at of tail.overfull) {
    if (points >= engine.limits.workPoints) break;
    tail.overfull.delete(at);
    if (!isFillable(engine, tail, at)) continue;
    const slot = tail.slots[at] as SeriesSlot;
    points += slot.bundled;
    rests.push(...fillSeries(engine, tail, at, [], read));
    if (slot.row !== null) engine.tx.put("series", slot.row);
  }
  if (points === 0) return;
  putBundles(engine, tail, rests, placeOfSeal(tail.head.sealed));
  dropDead(engine, tail);
  putHead(engine, tail, { layout: tail.head.layout + 1 });
}

/** Changes the run's head, in memory and in its row. */
export function putHead({ tx }: Engine, tail: RunTail, change: Partial<RunTail["head"]>): void {
  tail.head = { ...tail.head, ...change };
  tail.headChanged = false;
  tx.put("heads", tail.head);
}
