import { decodeBundleDirectory, encodeBundle } from "../codec/bundle.ts";
import { type Points, pointCount } from "../codec/points.ts";
import { type BundleInfo, LAST_SERIES } from "./bundle-info.ts";
import type { Engine } from "./engine.ts";
import { openBundles } from "./open-bundles.ts";
import type { RunTail, SeriesSlot } from "./tail.ts";

/** Points of one series and attempt that fill no chunk, in the one order. */
export interface Rest {
  readonly slot: number;
  readonly series: number;
  readonly attempt: number;
  readonly points: Points;
}

/** Where bundles stand among the others: see `BundleRow`. */
export interface BundlePlace {
  readonly level: number;
  readonly upTo: number;
  readonly first: number;
  readonly last: number;
}

/** Puts rests as bundles of bounded size, which together stand for the series `first` … `last`. No series is split. */
export function putBundles(engine: Engine, tail: RunTail, rests: readonly Rest[], place: BundlePlace): BundleInfo[] {
  const sorted = [...rests].sort((a, b) => a.series - b.series || a.attempt - b.attempt);
  const made: BundleInfo[] = [];
  let first = place.first;
  let start = 0;
  let points = 0;
  for (let i = 0; i < sorted.length; i++) {
    const { series, points: own } = sorted[i] as Rest;
    points += pointCount(own);
    const next = sorted[i + 1];
    if (next === undefined || next.series === series || points < engine.limits.bundlePoints) continue;
    made.push(putBundle(engine, tail, sorted.slice(start, i + 1), { ...place, first, last: series }));
    first = series + 1;
    start = i + 1;
    points = 0;
  }
  if (start < sorted.length || place.level > 0) {
    made.push(putBundle(engine, tail, sorted.slice(start), { ...place, first }));
  }
  openBundles(engine, tail).push(...made);
  return made;
}

function putBundle({ tx, compressor }: Engine, tail: RunTail, rests: readonly Rest[], place: BundlePlace): BundleInfo {
  const { directory, frames } = encodeBundle(rests, compressor);
  let points = 0;
  for (const rest of rests) {
    const count = pointCount(rest.points);
    points += count;
    (tail.slots[rest.slot] as SeriesSlot).bundled += count;
  }
  const number = tail.head.bundles + 1;
  tail.head = { ...tail.head, bundles: number };
  tail.headChanged = true;
  const { level, upTo, first, last } = place;
  tx.put("bundles", { run: tail.run, number, level, upTo, first, last, points, directory, frames });
  return {
    number,
    level,
    upTo,
    first,
    last,
    points,
    live: points,
    directory: decodeBundleDirectory(directory, compressor),
  };
}

/** Bundles that a seal writes stand for nothing but the journal. */
export function placeOfSeal(upTo: number): BundlePlace {
  return { level: 0, upTo, first: 0, last: LAST_SERIES };
}

/** Takes away bundles of which nothing counts any more, unless a merge under way needs them as a mark. */
export function dropDead({ tx }: Engine, tail: RunTail): void {
  const { bundles } = tail;
  if (bundles === null) return;
  const dead = bundles.filter((b) => b.live === 0 && !isMark(bundles, b));
  if (dead.length === 0) return;
  for (const { number } of dead) tx.delete("bundles", tail.run, number);
  tail.bundles = bundles.filter((b) => !dead.includes(b));
}

function isMark(bundles: readonly BundleInfo[], m: BundleInfo): boolean {
  return bundles.some((b) => b.level < m.level && b.number <= m.upTo);
}
