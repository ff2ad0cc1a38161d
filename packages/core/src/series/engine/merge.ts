import { concatPoints, pointCount, sortPoints } from "../codec/points.ts";
import { type BundleInfo, findLiveParts, LAST_SERIES, type LivePart } from "./bundle-info.ts";
import { createPartReader } from "./bundle-parts.ts";
import type { Engine } from "./engine.ts";
import { putHead } from "./fill.ts";
import type { EngineLimits } from "./limits.ts";
import { openBundles } from "./open-bundles.ts";
import { dropDead, putBundles, type Rest } from "./put-bundles.ts";
import type { RunTail, SeriesSlot } from "./tail.ts";

/** A merge of all bundles below `level` that are numbered up to `upTo`, of the series from `first` on. */
interface Merge {
  readonly level: number;
  readonly upTo: number;
  readonly first: number;
}

/** The merge that is under way, or else one that is due. */
export function findMerge(engine: Engine, tail: RunTail): Merge | null {
  const bundles = openBundles(engine, tail);
  return findStarted(bundles) ?? findDue(bundles, engine.limits, tail);
}

/**
 * Merges as many series as one call may handle. The new bundles stand for them at once; the old ones stay until the last
 * series is merged, because to take a part out of a bundle would mean to write all of it again.
 */
export function mergeStep(engine: Engine, tail: RunTail, { level, upTo, first }: Merge): void {
  const sources = openBundles(engine, tail).filter((b) => b.level < level && b.number <= upTo);
  const read = createPartReader(engine, tail.run);
  const rests: Rest[] = [];
  let points = 0;
  let last = LAST_SERIES;
  for (const series of seriesOf(sources, first)) {
    if (points >= engine.budget) {
      last = series - 1;
      break;
    }
    const at = tail.byId.get(series) as number;
    const slot = tail.slots[at] as SeriesSlot;
    if (slot.row === null) continue;
    const merged = mergeParts(at, slot, findLiveParts(sources, series, slot.row.taken), read);
    for (const rest of merged) {
      const count = pointCount(rest.points);
      points += count;
      slot.bundled -= count;
    }
    rests.push(...merged);
  }
  putBundles(engine, tail, rests, { level, upTo, first, last });
  if (last === LAST_SERIES) dropSources(engine, tail, sources);
  dropDead(engine, tail);
  putHead(engine, tail, { layout: tail.head.layout + 1 });
}

function mergeParts(
  at: number,
  slot: SeriesSlot,
  parts: readonly LivePart[],
  read: (part: LivePart) => Rest["points"],
): Rest[] {
  const rests: Rest[] = [];
  for (const attempt of new Set(parts.map((part) => part.attempt))) {
    const own = parts.filter((part) => part.attempt === attempt);
    for (const { bundle, count } of own) bundle.live -= count;
    rests.push({ slot: at, series: slot.id, attempt, points: sortPoints(concatPoints(own.map(read))) });
  }
  return rests;
}

function dropSources({ tx }: Engine, tail: RunTail, sources: readonly BundleInfo[]): void {
  for (const { number } of sources) tx.delete("bundles", tail.run, number);
  tail.bundles = (tail.bundles ?? []).filter((b) => !sources.includes(b));
}

function findStarted(bundles: readonly BundleInfo[]): Merge | null {
  for (const { level, upTo } of bundles) {
    if (!bundles.some((b) => b.level < level && b.number <= upTo)) continue;
    const done = bundles.filter((b) => b.level === level && b.upTo === upTo);
    return { level, upTo, first: Math.max(...done.map((b) => b.last)) + 1 };
  }
  return null;
}

/**
 * A level is due when it has enough writings. Small parts cost bytes and reading time, so they merge soon; large ones wait, because
 * they will fill chunks before long. A run that ended gets one writing.
 */
function findDue(bundles: readonly BundleInfo[], limits: EngineLimits, { ended, head }: RunTail): Merge | null {
  const levels = new Set(bundles.map((b) => b.level));
  const upTo = head.bundles;
  if (ended && countWritings(bundles) > 1) return { level: Math.max(...levels) + 1, upTo, first: 0 };
  for (const level of levels) {
    const own = bundles.filter((b) => b.level === level);
    const parts = own.reduce((sum, b) => sum + b.directory.length, 0);
    const points = own.reduce((sum, b) => sum + b.points, 0);
    const fanIn = points >= parts * limits.largePart ? limits.largeFanIn : limits.fanIn;
    if (countWritings(own) >= fanIn) return { level: level + 1, upTo, first: 0 };
  }
  return null;
}

function countWritings(bundles: readonly BundleInfo[]): number {
  return new Set(bundles.map((b) => `${b.level}/${b.upTo}`)).size;
}

/** The series of some bundles from `first` on, in order. */
function seriesOf(bundles: readonly BundleInfo[], first: number): number[] {
  const found = new Set<number>();
  for (const { directory } of bundles) for (const series of directory.series) if (series >= first) found.add(series);
  return [...found].sort((a, b) => a - b);
}
