import { allocateEntries, type EntryColumns, entryColumns } from "../codec/entry.ts";
import type { Points } from "../codec/points.ts";
import type { SealedSeries, Stretch } from "./sealed-cache.ts";

/** Units of a stretch, as a chart with a range sees them. */
export interface Block extends Stretch {
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

export function isEndless({ from, to }: Extent): boolean {
  return from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY;
}

/** The units of a series' chunks, and which of them the range takes in. */
export function openBlocks(sealed: SealedSeries, overlaps: boolean, extent: Extent): Block[] {
  const blocks = overlaps ? sortByAxis(sealed.stretches, extent.axis) : sealed.stretches;
  return blocks.map((block) => ({ units: null, ...block, status: classify(block.entries, extent) }));
}

/** Where chunks overlap, neighbours in number may lie far apart: each attempt's units are put in the order of the axis. */
function sortByAxis(blocks: readonly Stretch[], axis: "step" | "time"): Omit<Block, "status">[] {
  const sorted: Omit<Block, "status">[] = [];
  for (const attempt of new Set(blocks.map((block) => block.attempt))) {
    const own = blocks.filter((block) => block.attempt === attempt);
    const places = own.flatMap(({ entries }, b) => Array.from({ length: entries.length }, (_, i) => ({ b, i })));
    const start = ({ b, i }: { b: number; i: number }) => {
      const { entries } = own[b] as Stretch;
      return (axis === "step" ? entries.minStep[i] : entries.minTime[i]) as number;
    };
    places.sort((x, y) => start(x) - start(y) || x.b - y.b || x.i - y.i);
    const entries = allocateEntries(places.length);
    const units = new Uint32Array(places.length);
    for (const [to, { b, i }] of places.entries()) {
      const block = own[b] as Stretch;
      copyEntry(entries, to, block.entries, i);
      units[to] = block.first + i;
    }
    sorted.push({ attempt, first: 0, entries, allFinite: own.every(({ allFinite }) => allFinite), units });
  }
  return sorted;
}

function copyEntry(to: EntryColumns, at: number, from: EntryColumns, i: number): void {
  for (const name of entryColumns) to[name][at] = from[name][i] as number;
}

function classify(entries: EntryColumns, extent: Extent): Uint8Array | null {
  if (isEndless(extent)) return null;
  const { axis, from, to } = extent;
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

/** The points of some columns that lie in the range, by their places. */
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
