import { CHUNK } from "../codec/entry.ts";
import { concatPoints, type Points, pointCount, slicePoints, sortPoints } from "../codec/points.ts";
import { findLiveParts, type LivePart } from "./bundle-info.ts";
import type { Engine } from "./engine.ts";
import { openBundles } from "./open-bundles.ts";
import type { Rest } from "./put-bundles.ts";
import { putChunks } from "./put-chunks.ts";
import type { RunTail, SeriesSlot } from "./tail.ts";

export type PartReader = (part: LivePart) => Points;

/** New points of one attempt that join what bundles hold. */
export interface Addition {
  readonly attempt: number;
  readonly points: Points;
}

/** False if so many points surely make no chunk with what bundles hold. */
export function mayFill(slot: SeriesSlot, points: number): boolean {
  return points + slot.bundled >= CHUNK;
}

/** True if new points make a chunk, with or without what bundles hold of the same attempt. */
export function isFilling(engine: Engine, tail: RunTail, at: number, additions: readonly Addition[]): boolean {
  const slot = tail.slots[at] as SeriesSlot;
  let most = 0;
  for (const { points } of additions) most = Math.max(most, pointCount(points));
  if (most >= CHUNK) return true;
  if (slot.row === null || !mayFill(slot, most)) return false;
  const parts = findLiveParts(openBundles(engine, tail), slot.id, slot.row.taken);
  return additions.some(({ attempt, points }) => {
    let count = pointCount(points);
    for (const part of parts) if (part.attempt === attempt) count += part.count;
    return count >= CHUNK;
  });
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

/** Changes the run's head, in memory and in its row. */
export function putHead({ tx }: Engine, tail: RunTail, change: Partial<RunTail["head"]>): void {
  tail.head = { ...tail.head, ...change };
  tail.headChanged = false;
  tx.put("heads", tail.head);
}
