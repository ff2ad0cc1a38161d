import { compareKeys, compareKeyWith, comparePoints, keyAt, type Points, pointCount } from "../codec/points.ts";
import { findLiveParts } from "./bundle-info.ts";
import { createPartReader } from "./bundle-parts.ts";
import { chunkName, readChunk } from "./chunk-cache.ts";
import { readChunkRanges } from "./chunk-ranges.ts";
import type { Engine } from "./engine.ts";
import { openBundles } from "./open-bundles.ts";
import { type RunTail, type SeriesSlot, summaryOf } from "./tail.ts";

/** False if the point lies above all that is sealed of its series, so that only memory need be searched. */
export function isBelowOrAt(tail: RunTail, slot: number, p: Points, i: number): boolean {
  const series = tail.slots[slot] as SeriesSlot;
  if (series.row === null || series.row.count === 0) return false;
  const { greatest } = summaryOf(series);
  return greatest !== null && compareKeyWith(greatest, p, i) >= 0;
}

/** True if a bundle or chunk of the series holds the point. */
export function isSealed(engine: Engine, tail: RunTail, slot: number, p: Points, i: number): boolean {
  const { row } = tail.slots[slot] as SeriesSlot;
  if (row === null) return false;
  for (const part of findLiveParts(openBundles(engine, tail), row.id, row.taken)) {
    const { minTimes, maxTimes } = part.bundle.directory;
    const time = p.times[i] as number;
    if (time < (minTimes[part.part] as number) || time > (maxTimes[part.part] as number)) continue;
    const name = `${tail.run}:${part.bundle.number}:${part.part}`;
    if (
      holds(
        engine.chunks.get(name, () => createPartReader(engine, tail.run)(part)),
        p,
        i,
      )
    )
      return true;
  }
  const key = keyAt(p, i);
  for (const { attempt, number, minKey, maxKey } of readChunkRanges(engine, row.id)) {
    if (compareKeys(key, minKey) < 0 || compareKeys(key, maxKey) > 0) continue;
    const load = () => readChunk(engine.tx, engine.compressor, row.id, attempt, number);
    if (holds(engine.chunks.get(chunkName(row.id, attempt, number), load), p, i)) return true;
  }
  return false;
}

function holds(sorted: Points, p: Points, i: number): boolean {
  let low = 0;
  let high = pointCount(sorted);
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = comparePoints(sorted, middle, p, i);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}
