import { allocateEntries, decodeEntries, type EntryColumns, FINE, MIDDLE } from "../codec/entry.ts";
import { concatPoints, type Points, pointCount, sortPoints } from "../codec/points.ts";
import type { BucketOptions } from "../port.ts";
import type { SeriesRow } from "../rows.ts";
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
  CHUNK_UNITS,
  type Extent,
  INSIDE,
  loadBlocks,
  OUTSIDE,
  placesInside,
  unitAt,
} from "./bucket-units.ts";
import { chunkName } from "./chunk-cache.ts";
import { readRecord } from "./damage.ts";
import { chunkPoints, liveParts, placeOfChunk, type RunSnapshot, type Snapshot, unsealedPoints } from "./snapshot.ts";

/** Points of bundles and journal of one attempt, in order, and the places of those in the range. */
interface Loose {
  readonly attempt: number;
  readonly points: Points;
  readonly places: Uint32Array;
}

interface Chart {
  readonly blocks: readonly Block[];
  readonly loose: readonly Loose[];
  /** Of units across an edge, the places of their points in the range, within the chunk. */
  trimmed(block: Block, i: number): Uint32Array;
  chunk(attempt: number, number: number): Points;
  fine(attempt: number, number: number): EntryColumns;
}

/**
 * A chart of at most `buckets` rows, each point of the range in exactly one. Rows are stretches of G points as they are stored,
 * aligned to multiples of G, where G is the least power of two that gives few enough rows: so there are at least half as many
 * as asked for, and rows stay the same while the series grows.
 */
export function readBuckets(
  snapshot: Snapshot,
  run: RunSnapshot,
  row: SeriesRow,
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
  for (const { attempt, points, places } of chart.loose) foldPlaces(rows, attempt, points, places, size);
  if (rows.length > most) rows = foldNeighbours(rows, Math.ceil(rows.length / most));
  return finishRows(rows, options.axis, size === 1 && rows.length === points, overtaken);
}

export function emptyBuckets(): SeriesBuckets {
  return finishRows(createRows(0), "step", true, null);
}

function openChart(snapshot: Snapshot, run: RunSnapshot, row: SeriesRow, extent: Extent): Chart {
  const { tx, onDamage } = snapshot;
  const chunks = new Map<string, Points>();
  const trims = new Map<string, Uint32Array>();
  const chunk = (attempt: number, number: number) =>
    remember(chunks, `${attempt}/${number}`, () => chunkPoints(snapshot, run, row.id, attempt, number));
  return {
    blocks: loadBlocks(snapshot, run, row, extent),
    loose: loadLoose(snapshot, run, row, extent),
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
    fine(attempt, number) {
      const found = tx.pick("chunks", ["fine"], { prefix: [row.id, attempt, number], limit: 1 })[0];
      if (found === undefined) throw new Error(`chunks has no row ${chunkName(row.id, attempt, number)}`);
      const place = () => placeOfChunk(row.id, attempt, number);
      return readRecord(
        onDamage,
        row.run,
        place,
        () => decodeEntries(found.fine),
        () => allocateEntries(0),
      );
    },
  };
}

function loadLoose(snapshot: Snapshot, run: RunSnapshot, row: SeriesRow, extent: Extent): Loose[] {
  const byAttempt = new Map<number, Points[]>();
  const add = (attempt: number, points: Points) => {
    const list = byAttempt.get(attempt);
    if (list === undefined) byAttempt.set(attempt, [points]);
    else list.push(points);
  };
  for (const part of liveParts(snapshot, run, row)) add(part.attempt, run.readPart(part));
  for (const { attempt, points } of unsealedPoints(run, row)) add(attempt, points);
  return [...byAttempt].map(([attempt, parts]) => {
    const points = sortPoints(concatPoints(parts));
    return { attempt, points, places: placesInside(points, 0, pointCount(points), extent) };
  });
}

/** Rows that the range gives at `size` points a row; at 1 these are the points. */
function countRows(chart: Chart, size: number): number {
  let rows = 0;
  for (const { places } of chart.loose) rows += Math.ceil(places.length / size);
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
      openRowsOf(rows, attempt, block.entries);
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
      if (number !== chunk) fine = chart.fine(attempt, chunk);
      number = chunk;
      for (let at = from / FINE; at < Math.min((from + MIDDLE) / FINE, fine?.length ?? 0); at += size / FINE) {
        const row = openRow(rows, attempt);
        for (let k = at; k < at + size / FINE; k++) foldEntry(rows, row, fine as EntryColumns, k);
      }
    }
  }
}

/** Rows of points by place (`aligned`, in a chunk), or by their number among those in the range. */
function foldPlaces(
  rows: BucketRows,
  attempt: number,
  points: Points,
  places: Uint32Array,
  size: number,
  aligned = false,
): void {
  let group = -1;
  let row = -1;
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
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
