import {
  compareKeys,
  compareKeyWith,
  keyAt,
  type PointKey,
  type Points,
  pointCount,
  slicePoints,
} from "../codec/points.ts";
import type { HistoryOptions } from "../port.ts";
import type { SeriesHistory } from "../series.ts";
import { findOvertaken, readSpans } from "./attempts.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { listSources, type Source } from "./history-sources.ts";
import { mergePieces, type Piece } from "./merge-pieces.ts";
import type { RunSnapshot, SeriesPlace, Snapshot } from "./snapshot.ts";

/** A page of a series' points in key order. See `SeriesReader.history`. */
export function readHistory(
  snapshot: Snapshot,
  run: RunSnapshot,
  row: SeriesPlace,
  options: HistoryOptions,
): SeriesHistory {
  const after = options.after === null ? null : decodeCursor(options.after);
  const limit = Math.max(1, options.limit);
  const sources = listSources(snapshot, run, row, after, options.steps, limit).sort((a, b) =>
    compareKeys(a.minKey, b.minKey),
  );
  const pieces = loadEnough(sources, after, options.steps, limit + 1);
  const { points, attempts } = mergePieces(pieces, limit + 1);
  const n = Math.min(pointCount(points), limit);
  const page = slicePoints(points, 0, n);
  return {
    ...page,
    attempts: attempts.subarray(0, n),
    superseded: flagOvertaken(findOvertaken(readSpans(snapshot, run, row)), page.steps, attempts),
    next: pointCount(points) > limit ? encodeCursor(keyAt(page, n - 1)) : null,
  };
}

export function emptyHistory(): SeriesHistory {
  const none = new Float64Array(0);
  return {
    steps: none,
    times: none,
    values: none,
    batches: null,
    attempts: new Uint32Array(0),
    superseded: new Uint8Array(0),
    next: null,
  };
}

/**
 * Loads sources in the order of their least keys until the page is certain: what is not loaded begins beyond so many points
 * that are.
 */
function loadEnough(
  sources: readonly Source[],
  after: PointKey | null,
  steps: HistoryOptions["steps"],
  needed: number,
): Piece[] {
  const pieces: Piece[] = [];
  let loaded = 0;
  for (const source of sources) {
    if (loaded >= needed && countBelow(pieces, source.minKey) >= needed) break;
    const points = select(source.load(), after, steps);
    loaded += pointCount(points);
    if (pointCount(points) > 0) pieces.push({ attempt: source.attempt, points });
  }
  return pieces;
}

function countBelow(pieces: readonly Piece[], key: PointKey): number {
  let below = 0;
  for (const { points } of pieces) below += lowerBound(points, key);
  return below;
}

/** The points above the cursor whose steps are asked for. */
function select(points: Points, after: PointKey | null, steps: HistoryOptions["steps"]): Points {
  let from = 0;
  if (after !== null) {
    from = lowerBound(points, after);
    if (from < pointCount(points) && compareKeyWith(after, points, from) === 0) from += 1;
  }
  const rest = slicePoints(points, from, pointCount(points));
  if (steps === undefined) return rest;
  const inside = (step: number) => step >= steps.from && step <= steps.to;
  if (rest.steps.every(inside)) return rest;
  const keep = (column: Float64Array) => column.filter((_, i) => inside(rest.steps[i] as number));
  return {
    steps: keep(rest.steps),
    times: keep(rest.times),
    values: keep(rest.values),
    batches: rest.batches === null ? null : keep(rest.batches),
  };
}

/** The first point that is not below the key. */
function lowerBound(points: Points, key: PointKey): number {
  let low = 0;
  let high = pointCount(points);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareKeyWith(key, points, middle) > 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function flagOvertaken(overtaken: Map<number, number> | null, steps: Float64Array, attempts: Uint32Array): Uint8Array {
  const flags = new Uint8Array(steps.length);
  if (overtaken === null) return flags;
  for (let i = 0; i < flags.length; i++) {
    if ((steps[i] as number) >= (overtaken.get(attempts[i] as number) ?? Number.POSITIVE_INFINITY)) flags[i] = 1;
  }
  return flags;
}
