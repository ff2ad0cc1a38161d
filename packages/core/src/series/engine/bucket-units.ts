import { allocateEntries, CHUNK, decodeEntries, type EntryColumns, MIDDLE } from "../codec/entry.ts";
import type { Points } from "../codec/points.ts";
import { decodeSegment } from "../codec/segment.ts";
import type { SeriesRow } from "../rows.ts";
import { chunkName } from "./chunk-cache.ts";
import { readRecord } from "./damage.ts";
import { SEGMENT_CHUNKS } from "./put-chunks.ts";
import { chunkAttempts, placeOfChunk, type RunSnapshot, type Snapshot } from "./snapshot.ts";

/** Units of 1024 points in a chunk. */
export const CHUNK_UNITS: number = CHUNK / MIDDLE;

/** Neighbouring units of 1024 points of one attempt. `first` is the place of the first among the attempt's units. */
export interface Block {
  readonly attempt: number;
  readonly first: number;
  readonly entries: EntryColumns;
  /** The unit at each place, where places do not follow the chunks' numbers. */
  readonly units: Uint32Array | null;
  /** Of each unit: outside the range, inside, or across its edge. Null = all inside. */
  readonly status: Uint8Array | null;
}

export const OUTSIDE = 0;
export const INSIDE = 1;
export const ACROSS = 2;

/** The axis of a chart and its bounds, both inclusive. */
export interface Extent {
  readonly axis: "step" | "time";
  readonly from: number;
  readonly to: number;
}

/** The pyramid of a series' chunks: from segments, and from the small fields of the chunks that no segment covers yet. */
export function loadBlocks(snapshot: Snapshot, run: RunSnapshot, row: SeriesRow, extent: Extent): Block[] {
  if (row.count === 0) return [];
  const { tx, cache, onDamage } = snapshot;
  const covered = new Map<number, number>();
  const blocks: Block[] = [];
  const add = (attempt: number, first: number, entries: EntryColumns) => {
    blocks.push({ attempt, first, entries, units: null, status: null });
  };
  for (const { attempt, number, chunks } of tx.pick("segments", ["attempt", "number", "chunks"], {
    prefix: [row.id],
  })) {
    const from = number * SEGMENT_CHUNKS;
    const read = () => decodeSegment(segmentData(snapshot, row.id, attempt, number)).middle;
    const name = `${chunkName(row.id, attempt, number)}:${chunks}@${run.head.layout}`;
    const kept = () => (cache === null ? read() : cache.segments.get(name, read));
    const place = () => `segment ${number} of series ${row.id}, attempt ${attempt}`;
    add(
      attempt,
      from * CHUNK_UNITS,
      readRecord(onDamage, row.run, place, kept, () => allocateEntries(0)),
    );
    covered.set(attempt, from + chunks);
  }
  for (const attempt of chunkAttempts(snapshot, row, run.head)) {
    const prefix = [row.id, attempt];
    for (const chunk of tx.pick("chunks", ["number", "middle"], { prefix, from: covered.get(attempt) ?? 0 })) {
      const place = () => placeOfChunk(row.id, attempt, chunk.number);
      const read = () => decodeEntries(chunk.middle);
      add(
        attempt,
        chunk.number * CHUNK_UNITS,
        readRecord(onDamage, row.run, place, read, () => allocateEntries(0)),
      );
    }
  }
  blocks.sort((a, b) => a.attempt - b.attempt || a.first - b.first);
  const ordered = row.overlaps === 0 ? blocks : sortByAxis(blocks, extent.axis);
  return ordered.map((block) => ({ ...block, status: classify(block.entries, extent) }));
}

function segmentData({ tx }: Snapshot, series: number, attempt: number, number: number): Uint8Array {
  const row = tx.get("segments", series, attempt, number);
  if (row === undefined) throw new Error(`segments has no row ${chunkName(series, attempt, number)}`);
  return row.data;
}

/** Where chunks overlap, neighbours in number may lie far apart: each attempt's units are put in the order of the axis. */
function sortByAxis(blocks: readonly Block[], axis: "step" | "time"): Block[] {
  const sorted: Block[] = [];
  for (const attempt of new Set(blocks.map((block) => block.attempt))) {
    const own = blocks.filter((block) => block.attempt === attempt);
    const places = own.flatMap(({ entries }, b) => Array.from({ length: entries.length }, (_, i) => ({ b, i })));
    const start = ({ b, i }: { b: number; i: number }) => {
      const { entries } = own[b] as Block;
      return (axis === "step" ? entries.minStep[i] : entries.minTime[i]) as number;
    };
    places.sort((x, y) => start(x) - start(y) || x.b - y.b || x.i - y.i);
    const entries = allocateEntries(places.length);
    const units = new Uint32Array(places.length);
    for (const [to, { b, i }] of places.entries()) {
      const block = own[b] as Block;
      copyEntry(entries, to, block.entries, i);
      units[to] = block.first + i;
    }
    sorted.push({ attempt, first: 0, entries, units, status: null });
  }
  return sorted;
}

const columns = [
  "count",
  "minStep",
  "maxStep",
  "minTime",
  "maxTime",
  "min",
  "max",
  "sum",
  "nan",
  "posInf",
  "negInf",
] as const;

function copyEntry(to: EntryColumns, at: number, from: EntryColumns, i: number): void {
  for (const name of columns) to[name][at] = from[name][i] as number;
}

function classify(entries: EntryColumns, { axis, from, to }: Extent): Uint8Array | null {
  if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return null;
  const mins = axis === "step" ? entries.minStep : entries.minTime;
  const maxs = axis === "step" ? entries.maxStep : entries.maxTime;
  const status = new Uint8Array(entries.length);
  for (let i = 0; i < status.length; i++) {
    const min = mins[i] as number;
    const max = maxs[i] as number;
    if (min >= from && max <= to) status[i] = INSIDE;
    else if (max >= from && min <= to) status[i] = ACROSS;
  }
  return status;
}

export function unitAt(block: Block, i: number): number {
  return block.units === null ? block.first + i : (block.units[i] as number);
}

/** The points of some columns that lie in the range, by their places. Null = all. */
export function placesInside(p: Points, from: number, to: number, extent: Extent): Uint32Array {
  const column = extent.axis === "step" ? p.steps : p.times;
  const found = new Uint32Array(to - from);
  let n = 0;
  for (let i = from; i < to; i++) {
    const x = column[i] as number;
    if (x >= extent.from && x <= extent.to) found[n++] = i;
  }
  return found.subarray(0, n);
}
