import { CHUNK } from "../codec/entry.ts";
import { concatPoints, slicePoints, sortPoints } from "../codec/points.ts";
import { readChunk } from "./chunk-cache.ts";
import { findDeepest, readChunkRanges } from "./chunk-ranges.ts";
import type { Engine } from "./engine.ts";
import { putHead } from "./fill.ts";
import { putChunk, putSegment, SEGMENT_CHUNKS } from "./put-chunks.ts";
import type { RunTail, SeriesSlot } from "./tail.ts";

/**
 * Where more chunks than allowed lie over one key, sorts their points anew into the same numbers. Chunks that share a key become
 * chunks that share none, over the same stretch, so no key gets deeper, and one call handles only a few of them.
 *
 * @returns true if something was rewritten
 */
export function rewriteStep(engine: Engine, tail: RunTail): boolean {
  for (const at of tail.crowded) {
    const slot = tail.slots[at] as SeriesSlot;
    const ranges = slot.row === null ? [] : readChunkRanges(engine, slot.id);
    for (const attempt of new Set(ranges.map((range) => range.attempt))) {
      const deepest = findDeepest(ranges.filter((range) => range.attempt === attempt));
      if (deepest.length <= engine.limits.depth) continue;
      rewriteChunks(
        engine,
        tail,
        slot.id,
        attempt,
        deepest.map((range) => range.number),
      );
      return true;
    }
    tail.crowded.delete(at);
  }
  return false;
}

function rewriteChunks(
  engine: Engine,
  tail: RunTail,
  series: number,
  attempt: number,
  numbers: readonly number[],
): void {
  const ordered = [...numbers].sort((a, b) => a - b);
  const read = (number: number) => readChunk(engine.tx, engine.compressor, series, attempt, number);
  const points = sortPoints(concatPoints(ordered.map(read)));
  for (const [i, number] of ordered.entries()) {
    putChunk(engine, series, attempt, number, slicePoints(points, i * CHUNK, (i + 1) * CHUNK));
  }
  engine.ranges.delete(series);
  for (const segment of new Set(ordered.map((number) => Math.floor(number / SEGMENT_CHUNKS)))) {
    const row = engine.tx.get("segments", series, attempt, segment);
    if (row !== undefined) putSegment(engine, series, attempt, segment, row.chunks);
  }
  putHead(engine, tail, { layout: tail.head.layout + 1 });
}
