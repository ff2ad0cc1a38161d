import { allocateEntries, decodeEntries, type EntryColumns, FINE, MIDDLE } from "../codec/entry.ts";
import { concatPoints, type Points, pointCount, sortPoints } from "../codec/points.ts";
import type { BucketOptions } from "../port.ts";
import type { SeriesBuckets } from "../series.ts";
import { findOvertaken, readSpans } from "./attempts.ts";
import {
  type BucketRows,
  createRows,
  finishRows,
  foldEntry,
  foldNeighbours,
  foldPoint,
  openRow,
  openRowsOf,
} from "./bucket-rows.ts";
import {
  ACROSS,
  type Block,
  type Extent,
  INSIDE,
  isEndless,
  OUTSIDE,
  openBlocks,
  placesInside,
  unitAt,
} from "./bucket-units.ts";
import { chunkName } from "./chunk-cache.ts";
import { readRecord } from "./damage.ts";
import type { Rest } from "./sealed-cache.ts";
import { CHUNK_UNITS, readSealed } from "./sealed-series.ts";
import {
  chunkPoints,
  placeOfChunk,
  type RunSnapshot,
  type SeriesPlace,
  type Snapshot,
  unsealedPoints,
} from "./snapshot.ts";
import type { AttemptPoints } from "./tail-view.ts";

/** Points of bundles and journal of one attempt, in order. */
interface Loose {
  readonly attempt: number;
  readonly points: Points;
  /** Of those in the range. Null = all. */
  readonly places: Uint32Array | null;
  /** Entries of 1024 points, of all the points there are; null where the range or the journal would change them. */
  readonly entries: EntryColumns | null;
}

/** Chunks whose fine entries are read at once. */
const AHEAD = 16;

interface Chart {
  readonly blocks: readonly Block[];
  readonly loose: readonly Loose[];
  /** Of units across an edge, the places of their points in the range, within the chunk. */
  trimmed(block: Block, i: number): Uint32Array;
  chunk(attempt: number, number: number): Points;
  /** Those of one chunk; those up to `last` are expected to be asked for next. */
  fine(attempt: number, number: number, last: number): EntryColumns;
}

/**
 * A chart of at most `buckets` rows, each point of the range in exactly one. Rows are stretches of G points as they are stored,
 * aligned to multiples of G, where G is the least power of two that gives few enough rows: so there are at least half as many
 * as asked for, and rows stay the same while the series grows.
 */
export function readBuckets(
  snapshot: Snapshot,
  run: RunSnapshot,
  row: SeriesPlace,
  options: BucketOptions,
): SeriesBuckets {
  const chart = openChart(snapshot, run, row, {
    axis: options.axis,
    from: options.from ?? Number.NEGATIVE_INFINITY,
    to: options.to ?? Number.POSITIVE_INFINITY,
  });
  const most = Math.max(1, Math.floor(options.buckets));
  const points = countRows(chart, 1);
  const attempts = new Set([...chart.blocks, ...chart.loose].map(({ attempt }) => attempt));
  const overtaken = attempts.size < 2 ? null : findOvertaken(readSpans(snapshot, run, row));
  let size = 1;
  while (size * most < points) size *= 2;
  while (size < points * 2 && countRows(chart, size) > most) size *= 2;
  let rows = createRows(countRows(chart, size));
  for (const block of chart.blocks) if (size < MIDDLE) foldFinely(rows, chart, block, size);
  if (size >= MIDDLE) foldUnits(rows, chart, size);
  for (const { attempt, points, places, entries } of chart.loose) {
    if (entries !== null && size >= MIDDLE) foldEntries(rows, attempt, entries, size / MIDDLE);
    else foldPlaces(rows, attempt, points, places, size);
  }
  if (rows.length > most) rows = foldNeighbours(rows, Math.ceil(rows.length / most));
  return finishRows(rows, options.axis, size === 1 && rows.length === points, overtaken);
}

export function emptyBuckets(): SeriesBuckets {
  return finishRows(createRows(0), "step", true, null);
}

function openChart(snapshot: Snapshot, run: RunSnapshot, row: SeriesPlace, extent: Extent): Chart {
  const { tx, onDamage } = snapshot;
  const sealed = readSealed(snapshot, run, row);
  const chunks = new Map<string, Points>();
  const trims = new Map<string, Uint32Array>();
  const ahead = { attempt: -1, rows: new Map<number, Uint8Array>() };
  const chunk = (attempt: number, number: number) =>
    remember(chunks, `${attempt}/${number}`, () => chunkPoints(snapshot, run, row.id, attempt, number));
  return {
    blocks: openBlocks(sealed, row.overlaps !== 0, extent),
    loose: openLoose(sealed.rests, unsealedPoints(run, row), extent),
    chunk,
    trimmed(block, i) {
      const unit = unitAt(block, i);
      return remember(trims, `${block.attempt}/${unit}`, () => {
        const from = (unit % CHUNK_UNITS) * MIDDLE;
        const points = chunk(block.attempt, Math.floor(unit / CHUNK_UNITS));
        return placesInside(
          points,
          Math.min(from, pointCount(points)),
          Math.min(from + MIDDLE, pointCount(points)),
          extent,
        );
      });
    },
    fine(attempt, number, last) {
      if (ahead.attempt !== attempt || !ahead.rows.has(number)) {
        const range = { prefix: [row.id, attempt], from: number, limit: Math.min(AHEAD, last - number + 1) };
        ahead.attempt = attempt;
        ahead.rows = new Map(tx.pick("chunks", ["number", "fine"], range).map((found) => [found.number, found.fine]));
      }
      const bytes = ahead.rows.get(number);
      if (bytes === undefined) throw new Error(`chunks has no row ${chunkName(row.id, attempt, number)}`);
      const place = () => placeOfChunk(row.id, attempt, number);
      return readRecord(
        onDamage,
        row.run,
        place,
        () => decodeEntries(bytes),
        () => allocateEntries(0),
      );
    },
  };
}

function openLoose(rests: readonly Rest[], unsealed: readonly AttemptPoints[], extent: Extent): Loose[] {
  const attempts = new Set([...rests, ...unsealed].map(({ attempt }) => attempt));
  return [...attempts].map((attempt) => {
    const rest = rests.find((one) => one.attempt === attempt);
    const tail = unsealed.find((one) => one.attempt === attempt);
    const parts = [rest, tail].flatMap((part) => (part === undefined ? [] : [part.points]));
    const points = sortPoints(concatPoints(parts));
    if (!isEndless(extent)) {
      return { attempt, points, places: placesInside(points, 0, pointCount(points), extent), entries: null };
    }
    return { attempt, points, places: null, entries: tail === undefined ? (rest?.entries ?? null) : null };
  });
}

/** Rows that the range gives at `size` points a row; at 1 these are the points. */
function countRows(chart: Chart, size: number): number {
  let rows = 0;
  for (const { points, places } of chart.loose) rows += Math.ceil((places?.length ?? pointCount(points)) / size);
  let attempt = -1;
  let group = -1;
  for (const block of chart.blocks) {
    if (block.attempt !== attempt) group = -1;
    attempt = block.attempt;
    if (block.status === null) {
      const last = block.first + block.entries.length - 1;
      if (size < MIDDLE) rows += block.entries.length * (MIDDLE / size);
      else rows += Math.floor(last / (size / MIDDLE)) - Math.max(group, Math.floor(block.first / (size / MIDDLE)) - 1);
      group = Math.floor(last / (size / MIDDLE));
      continue;
    }
    for (let i = 0; i < block.entries.length; i++) {
      const status = block.status[i] as number;
      if (status === OUTSIDE) continue;
      if (size < MIDDLE) {
        rows += status === INSIDE ? MIDDLE / size : countGroups(chart.trimmed(block, i), size);
      } else {
        const next = Math.floor((block.first + i) / (size / MIDDLE));
        if (next === group || (status === ACROSS && chart.trimmed(block, i).length === 0)) continue;
        rows += 1;
        group = next;
      }
    }
  }
  return rows;
}

function countGroups(places: Uint32Array, size: number): number {
  let groups = 0;
  let last = -1;
  for (const place of places) {
    const group = Math.floor(place / size);
    if (group !== last) groups += 1;
    last = group;
  }
  return groups;
}

/** Rows of whole units. */
function foldUnits(rows: BucketRows, chart: Chart, size: number): void {
  let attempt = -1;
  let group = -1;
  let row = -1;
  for (const block of chart.blocks) {
    if (block.attempt !== attempt) group = -1;
    attempt = block.attempt;
    if (block.status === null && size === MIDDLE) {
      openRowsOf(rows, attempt, block.entries, block.allFinite);
      continue;
    }
    for (let i = 0; i < block.entries.length; i++) {
      const status = block.status === null ? INSIDE : (block.status[i] as number);
      if (status === OUTSIDE) continue;
      const places = status === ACROSS ? chart.trimmed(block, i) : null;
      if (places?.length === 0) continue;
      const next = Math.floor((block.first + i) / (size / MIDDLE));
      if (next !== group) row = openRow(rows, attempt);
      group = next;
      if (places === null) foldEntry(rows, row, block.entries, i);
      else {
        const points = chart.chunk(attempt, Math.floor(unitAt(block, i) / CHUNK_UNITS));
        for (const place of places) foldPoint(rows, row, points, place);
      }
    }
  }
}

/** Rows of parts of a unit: from the fine entries, or below 64 points from the points themselves. */
function foldFinely(rows: BucketRows, chart: Chart, block: Block, size: number): void {
  const { attempt } = block;
  let number = -1;
  let fine: EntryColumns | null = null;
  const last = lastChunk(block);
  for (let i = 0; i < block.entries.length; i++) {
    const status = block.status === null ? INSIDE : (block.status[i] as number);
    if (status === OUTSIDE) continue;
    const unit = unitAt(block, i);
    const chunk = Math.floor(unit / CHUNK_UNITS);
    const from = (unit % CHUNK_UNITS) * MIDDLE;
    if (status === ACROSS) {
      foldPlaces(rows, attempt, chart.chunk(attempt, chunk), chart.trimmed(block, i), size, true);
    } else if (size < FINE) {
      const points = chart.chunk(attempt, chunk);
      for (let at = from; at < Math.min(from + MIDDLE, pointCount(points)); at += size) {
        const row = openRow(rows, attempt);
        for (let k = at; k < at + size; k++) foldPoint(rows, row, points, k);
      }
    } else {
      if (number !== chunk) fine = chart.fine(attempt, chunk, block.units === null ? last : chunk);
      number = chunk;
      for (let at = from / FINE; at < Math.min((from + MIDDLE) / FINE, fine?.length ?? 0); at += size / FINE) {
        const row = openRow(rows, attempt);
        for (let k = at; k < at + size / FINE; k++) foldEntry(rows, row, fine as EntryColumns, k);
      }
    }
  }
}

/** The chunk of the last unit that the range takes in. */
function lastChunk(block: Block): number {
  let i = block.entries.length - 1;
  while (i > 0 && block.status?.[i] === OUTSIDE) i -= 1;
  return Math.floor(unitAt(block, i) / CHUNK_UNITS);
}

function foldEntries(rows: BucketRows, attempt: number, entries: EntryColumns, group: number): void {
  let row = -1;
  for (let i = 0; i < entries.length; i++) {
    if (i % group === 0) row = openRow(rows, attempt);
    foldEntry(rows, row, entries, i);
  }
}

/** Rows of points by place (`aligned`, in a chunk), or by their number among those in the range. */
function foldPlaces(
  rows: BucketRows,
  attempt: number,
  points: Points,
  places: Uint32Array | null,
  size: number,
  aligned = false,
): void {
  let group = -1;
  let row = -1;
  const n = places?.length ?? pointCount(points);
  for (let i = 0; i < n; i++) {
    const place = places === null ? i : (places[i] as number);
    const next = Math.floor((aligned ? place : i) / size);
    if (next !== group) row = openRow(rows, attempt);
    group = next;
    foldPoint(rows, row, points, place);
  }
}

function remember<V>(map: Map<string, V>, name: string, make: () => V): V {
  const known = map.get(name);
  if (known !== undefined) return known;
  const made = make();
  map.set(name, made);
  return made;
}
