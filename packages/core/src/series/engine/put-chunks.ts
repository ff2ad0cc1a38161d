import { encodeChunk } from "../codec/chunk.ts";
import { CHUNK, decodeEntries, type Entry, entryAt } from "../codec/entry.ts";
import { compareKeys, type Points, slicePoints } from "../codec/points.ts";
import { encodeSegment } from "../codec/segment.ts";
import { chunkName } from "./chunk-cache.ts";
import type { Engine } from "./engine.ts";
import { decodeKey, encodeKey } from "./key-bytes.ts";
import type { RunTail, SeriesSlot } from "./tail.ts";

/** Chunks of one segment, and after how many of them it is written anew. */
export const SEGMENT_CHUNKS = 64;
const SEGMENT_STEP = 16;

/**
 * Puts the first `count` · 4096 points as the next chunks of a series and attempt, with the segments that they fill.
 * The points are in the one order. The slot's row in memory may change; whoever calls puts it.
 */
export function putChunks(
  engine: Engine,
  tail: RunTail,
  at: number,
  attempt: number,
  points: Points,
  count: number,
): void {
  const slot = tail.slots[at] as SeriesSlot;
  if (slot.row === null || count === 0) return;
  const { tx } = engine;
  const series = slot.id;
  const last = tx.pick("chunks", ["number", "maxKey"], { prefix: [series, attempt], reverse: true, limit: 1 })[0];
  const first = last === undefined ? 0 : last.number + 1;
  for (let i = 0; i < count; i++) {
    const stretch = slicePoints(points, i * CHUNK, (i + 1) * CHUNK);
    const { minKey } = putChunk(engine, series, attempt, first + i, stretch);
    if (i === 0 && last !== undefined && compareKeys(minKey, decodeKey(last.maxKey)) < 0)
      slot.row = { ...slot.row, overlaps: 1 };
  }
  if (slot.row.overlaps === 1) tail.crowded.add(at);
  engine.ranges.delete(series);
  const end = first + count;
  for (let segment = Math.floor(first / SEGMENT_CHUNKS); segment * SEGMENT_CHUNKS < end; segment++) {
    const covered = Math.min(end - segment * SEGMENT_CHUNKS, SEGMENT_CHUNKS);
    const whole = covered - (covered % SEGMENT_STEP);
    if (whole > 0 && segment * SEGMENT_CHUNKS + whole > first) putSegment(engine, series, attempt, segment, whole);
  }
}

/** Puts one chunk in the place of `number`, whether there is one or not. */
export function putChunk(engine: Engine, series: number, attempt: number, number: number, points: Points) {
  const record = encodeChunk(points, engine.compressor);
  engine.chunks.forget(chunkName(series, attempt, number));
  engine.tx.put("chunks", {
    series,
    attempt,
    number,
    minStep: record.minStep,
    maxStep: record.maxStep,
    minKey: encodeKey(record.minKey),
    maxKey: encodeKey(record.maxKey),
    middle: record.middle,
    fine: record.fine,
    values: record.values,
    axes: record.axes,
  });
  return record;
}

/** Writes a segment anew from the small fields of its chunks. */
export function putSegment({ tx }: Engine, series: number, attempt: number, number: number, chunks: number): void {
  const from = number * SEGMENT_CHUNKS;
  const rows = tx.pick("chunks", ["minStep", "maxStep", "middle"], {
    prefix: [series, attempt],
    from,
    to: from + chunks,
  });
  const entries: Entry[] = [];
  let minStep = Number.POSITIVE_INFINITY;
  let maxStep = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    minStep = Math.min(minStep, row.minStep);
    maxStep = Math.max(maxStep, row.maxStep);
    const middle = decodeEntries(row.middle);
    for (let i = 0; i < middle.length; i++) entries.push(entryAt(middle, i));
  }
  tx.put("segments", { series, attempt, number, chunks, minStep, maxStep, data: encodeSegment(entries) });
}
