import { invalid } from "../../errors.ts";
import { type Axes, axesLimit, decodeAxes, encodeAxes, isSameAxes } from "./axes.ts";
import { packBlob, unpackBlob } from "./blob.ts";
import { createWriter, expectEnd } from "./bytes.ts";
import type { Compressor } from "./compressor.ts";
import { buildEntries, CHUNK, encodeEntries, FINE, groupEntries, MIDDLE } from "./entry.ts";
import { isSorted, keyAt, type PointKey, type Points, pointCount } from "./points.ts";
import { decodeValues, encodeValues } from "./values.ts";

/** 4096 points of one series and attempt. Keys and step range are for columns of the row, so that a reader can skip the blobs. */
export interface ChunkRecord {
  readonly minKey: PointKey;
  readonly maxKey: PointKey;
  readonly minStep: number;
  readonly maxStep: number;
  /** 4 entries of 1024 points. */
  readonly middle: Uint8Array;
  /** 64 entries of 64 points. */
  readonly fine: Uint8Array;
  /** Compressed by themselves: a chart decodes no more than these. */
  readonly values: Uint8Array;
  /** Steps, times and batches. */
  readonly axes: Uint8Array;
}

/** More than any class of values needs for 4096 of them. */
const VALUES_LIMIT = 64 + 10 * CHUNK;

const writer = createWriter(VALUES_LIMIT);
const tail = createWriter(VALUES_LIMIT);

/** The axes packed last: series that are logged together share theirs, and their chunks are made one after the other. */
let last: { readonly axes: Axes; readonly compressor: Compressor; readonly packed: Uint8Array } | null = null;

/**
 * Exactly 4096 points in the one order, without equals, as the blobs of a chunk row.
 *
 * @throws invalid for another number of points or another order
 */
export function encodeChunk(points: Points, compressor: Compressor): ChunkRecord {
  const n = pointCount(points);
  if (n !== CHUNK) throw invalid(`A chunk has ${CHUNK} points, not ${n}.`);
  if (!isSorted(points)) throw invalid("The points of a chunk must be in the one order. Sort them first.");
  const fine = buildEntries(points, FINE);
  const middle = groupEntries(fine, MIDDLE / FINE);
  const whole = groupEntries(middle, middle.length);
  const values = packColumn("chunk-values", compressor, () => encodeValues(writer, points.values, 0, n, tail));
  const axes = packAxes(points, compressor);
  return {
    minKey: keyAt(points, 0),
    maxKey: keyAt(points, n - 1),
    minStep: whole.minStep[0] as number,
    maxStep: whole.maxStep[0] as number,
    middle: encodeEntries(middle),
    fine: encodeEntries(fine),
    values,
    axes,
  };
}

/** @throws internal, naming the record "chunk-values", if the blob is damaged */
export function decodeChunkValues(c: Pick<ChunkRecord, "values">, compressor: Compressor): Float64Array {
  const r = unpackBlob(c.values, "chunk-values", compressor, VALUES_LIMIT);
  const values = new Float64Array(CHUNK);
  decodeValues(r, values, 0, CHUNK);
  expectEnd(r);
  return values;
}

/** @throws internal, naming the record "chunk-values" or "chunk-axes", if a blob is damaged */
export function decodeChunk(c: Pick<ChunkRecord, "values" | "axes">, compressor: Compressor): Points {
  const values = decodeChunkValues(c, compressor);
  const r = unpackBlob(c.axes, "chunk-axes", compressor, axesLimit(CHUNK));
  const axes = decodeAxes(r, CHUNK, 0);
  expectEnd(r);
  return { ...axes, values };
}

function packAxes(points: Points, compressor: Compressor): Uint8Array {
  if (last?.compressor === compressor && isSameAxes(last.axes, points)) return last.packed;
  const packed = packColumn("chunk-axes", compressor, () => encodeAxes(writer, points, CHUNK, 0, tail));
  const { steps, times, batches } = points;
  const axes = { steps: steps.slice(), times: times.slice(), batches: batches?.slice() ?? null };
  last = { axes, compressor, packed };
  return packed;
}

function packColumn(kind: "chunk-values" | "chunk-axes", compressor: Compressor, encode: () => void): Uint8Array {
  writer.at = 0;
  tail.at = 0;
  encode();
  return packBlob(writer, tail, kind, compressor);
}
