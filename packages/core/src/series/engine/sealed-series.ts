import {
  allocateEntries,
  buildEntries,
  CHUNK,
  decodeEntries,
  type EntryColumns,
  entryColumns,
  MIDDLE,
} from "../codec/entry.ts";
import { concatPoints, sortPoints } from "../codec/points.ts";
import { decodeSegment } from "../codec/segment.ts";
import { readRecord } from "./damage.ts";
import { SEGMENT_CHUNKS } from "./put-chunks.ts";
import type { Rest, SealedSeries, Stretch } from "./sealed-cache.ts";
import {
  chunkAttempts,
  liveParts,
  placeOfChunk,
  type RunSnapshot,
  type SeriesPlace,
  type Snapshot,
} from "./snapshot.ts";

/** Units of 1024 points in a chunk. */
export const CHUNK_UNITS: number = CHUNK / MIDDLE;

interface Piece {
  readonly first: number;
  readonly entries: EntryColumns;
}

/**
 * What is sealed of a series. It stays as it is until a seal that touches the series raises its `through`; whatever else
 * moves what is sealed raises the run's `layout`.
 */
export function readSealed(snapshot: Snapshot, run: RunSnapshot, row: SeriesPlace): SealedSeries {
  const { cache, onDamage } = snapshot;
  const read = () => ({ stretches: loadStretches(snapshot, run, row), rests: loadRests(snapshot, run, row) });
  // Who wants to be told of damage is told each time.
  if (cache === null || onDamage !== null) return read();
  return cache.sealed.get(`${row.id}:${row.through}@${run.head.layout}`, read);
}

function loadStretches(snapshot: Snapshot, run: RunSnapshot, row: SeriesPlace): Stretch[] {
  return chunkAttempts(snapshot, row, run.head).flatMap((attempt) =>
    joinNeighbours(loadPieces(snapshot, row, attempt)).map(({ first, entries }) => {
      return { attempt, first, entries, allFinite: isAllFinite(entries) };
    }),
  );
}

/** From segments, and from the small fields of the chunks that no segment covers yet. */
function loadPieces({ tx, onDamage }: Snapshot, row: SeriesPlace, attempt: number): Piece[] {
  const prefix = [row.id, attempt];
  const none = () => allocateEntries(0);
  const found: Piece[] = [];
  let covered = 0;
  for (const { number, chunks, data } of tx.pick("segments", ["number", "chunks", "data"], { prefix })) {
    const place = () => `segment ${number} of series ${row.id}, attempt ${attempt}`;
    const entries = readRecord(onDamage, row.run, place, () => decodeSegment(data).middle, none);
    found.push({ first: number * SEGMENT_CHUNKS * CHUNK_UNITS, entries });
    covered = number * SEGMENT_CHUNKS + chunks;
  }
  for (const { number, middle } of tx.pick("chunks", ["number", "middle"], { prefix, from: covered })) {
    const place = () => placeOfChunk(row.id, attempt, number);
    const entries = readRecord(onDamage, row.run, place, () => decodeEntries(middle), none);
    found.push({ first: number * CHUNK_UNITS, entries });
  }
  return found;
}

/** Pieces that follow one another without a gap become one; a damaged record leaves a gap. */
function joinNeighbours(pieces: readonly Piece[]): Piece[] {
  const groups: Piece[][] = [];
  let next = -1;
  for (const piece of pieces) {
    if (piece.first === next) groups.at(-1)?.push(piece);
    else groups.push([piece]);
    next = piece.first + piece.entries.length;
  }
  return groups.map((group) => {
    const [{ first, entries }, ...others] = group as [Piece, ...Piece[]];
    return { first, entries: others.length === 0 ? entries : concatEntries(group.map((piece) => piece.entries)) };
  });
}

function concatEntries(parts: readonly EntryColumns[]): EntryColumns {
  const all = allocateEntries(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    for (const name of entryColumns) all[name].set(part[name], at);
    at += part.length;
  }
  return all;
}

function isAllFinite({ nan, posInf, negInf }: EntryColumns): boolean {
  return [nan, posInf, negInf].every((column) => column.every((count) => count === 0));
}

function loadRests(snapshot: Snapshot, run: RunSnapshot, row: SeriesPlace): Rest[] {
  const byAttempt = Map.groupBy(liveParts(snapshot, run, row), ({ attempt }) => attempt);
  return [...byAttempt].map(([attempt, parts]) => {
    const points = sortPoints(concatPoints(parts.map(run.readPart)));
    return { attempt, points, entries: buildEntries(points, MIDDLE) };
  });
}
