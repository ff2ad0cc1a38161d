import { axesLimit } from "./axes.ts";
import { packBlob, unpackBlob } from "./blob.ts";
import { createWriter, expectEnd, type Reader, readCount, writeVarint } from "./bytes.ts";
import type { Compressor } from "./compressor.ts";
import { corruptRecord } from "./corrupt.ts";
import { decodeWords, encodeInts } from "./ints.ts";
import { decodeRanges, encodeRanges } from "./spans.ts";
import { FLOAT32, FLOAT64 } from "./values.ts";

export const MAX_BUNDLE_PARTS: number = 2 ** 18;
export const MAX_BUNDLE_POINTS: number = 2 ** 22;
/** The most points of one part. */
export const MAX_PART_POINTS = 65_536;
/** Unpacked bytes of a frame, unless one part alone has more. */
export const FRAME_BYTES = 65_536;
const DIRECTORY_LIMIT = 2 ** 27;

/** What a bundle says about its parts without unpacking a frame. Parts are in the order of (series, attempt). */
export interface BundleDirectory {
  readonly length: number;
  readonly series: Uint32Array;
  readonly attempts: Uint32Array;
  readonly counts: Uint32Array;
  /** Times bound the keys: a key outside them is not in the part. */
  readonly minTimes: Float64Array;
  readonly maxTimes: Float64Array;
  readonly minSteps: Float64Array;
  readonly maxSteps: Float64Array;
  /** Where each part lies; for the codec alone. */
  readonly layout: BundleLayout;
}

export interface BundleLayout {
  /** Of parts: frame; class of values; start of the values in their float column, or of the stream in bytes. */
  readonly frames: Uint32Array;
  readonly classes: Uint32Array;
  readonly starts: Uint32Array;
  readonly streamLengths: Uint32Array;
  readonly axisStarts: Uint32Array;
  readonly axisLengths: Uint32Array;
  /** Of frames. */
  readonly places: readonly FramePlace[];
}

/** What a frame holds: axes, streams, float columns. */
export interface FramePlace {
  start: number;
  end: number;
  checksum: number;
  parts: number;
  axesBytes: number;
  streamBytes: number;
  singles: number;
  doubles: number;
}

/** The columns as the encoder gathers them; `axes` are numbered within their frame. */
export interface DirectoryDraft {
  readonly length: number;
  readonly series: Float64Array;
  readonly attempts: Float64Array;
  readonly counts: Float64Array;
  readonly minTimes: Float64Array;
  readonly maxTimes: Float64Array;
  readonly minSteps: Float64Array;
  readonly maxSteps: Float64Array;
  readonly classes: Float64Array;
  readonly axes: Float64Array;
  readonly axisLengths: readonly number[];
  readonly streamLengths: readonly number[];
  readonly frameParts: readonly number[];
  readonly frameLengths: readonly number[];
  readonly frameChecksums: readonly number[];
}

const writer = createWriter();
const tail = createWriter();

export function encodeDirectory(d: DirectoryDraft, compressor: Compressor): Uint8Array {
  const n = d.length;
  writer.at = 0;
  tail.at = 0;
  for (const count of [n, d.frameParts.length, d.axisLengths.length, d.streamLengths.length])
    writeVarint(writer, count);
  for (const numbers of [d.series, d.attempts, d.counts]) encodeInts(writer, numbers, 0, n, 0, tail);
  encodeRanges(writer, d.minTimes, d.maxTimes, n, tail);
  encodeRanges(writer, d.minSteps, d.maxSteps, n, tail);
  for (const numbers of [d.classes, d.axes]) encodeInts(writer, numbers, 0, n, 0, tail);
  for (const list of [d.axisLengths, d.streamLengths, d.frameParts, d.frameLengths, d.frameChecksums]) {
    encodeInts(writer, Float64Array.from(list), 0, list.length, 0, tail);
  }
  return packBlob(writer, tail, "bundle-directory", compressor);
}

/** @throws internal, naming the record "bundle-directory", if the bytes are not what `encodeBundle` made */
export function decodeBundleDirectory(bytes: Uint8Array, compressor: Compressor): BundleDirectory {
  const r = unpackBlob(bytes, "bundle-directory", compressor, DIRECTORY_LIMIT);
  const length = readCount(r, MAX_BUNDLE_PARTS, "the number of parts");
  const frameCount = readCount(r, length, "the number of frames");
  const axisCount = readCount(r, length, "the number of axes");
  const streamCount = readCount(r, length, "the number of streams");
  const series = readColumn(r, length, 0xffffffff);
  const attempts = readColumn(r, length, 0xffffffff);
  const counts = readColumn(r, length, MAX_PART_POINTS);
  const minTimes = new Float64Array(length);
  const maxTimes = new Float64Array(length);
  const minSteps = new Float64Array(length);
  const maxSteps = new Float64Array(length);
  decodeRanges(r, minTimes, maxTimes, length);
  decodeRanges(r, minSteps, maxSteps, length);
  const classes = readColumn(r, length, FLOAT64);
  const axes = readColumn(r, length, length);
  const axisLengths = readColumn(r, axisCount, axesLimit(MAX_PART_POINTS));
  const streamLengths = readColumn(r, streamCount, streamLimit(MAX_PART_POINTS));
  const frameParts = readColumn(r, frameCount, length);
  const frameLengths = readColumn(r, frameCount, 0xffffffff);
  const frameChecksums = readColumn(r, frameCount, 0xffffffff);
  expectEnd(r);
  checkOrder(series, attempts, counts);
  const places: FramePlace[] = [];
  let start = 0;
  for (let i = 0; i < frameCount; i++) {
    const end = start + (frameLengths[i] as number);
    const checksum = frameChecksums[i] as number;
    const parts = frameParts[i] as number;
    places.push({ start, end, checksum, parts, axesBytes: 0, streamBytes: 0, singles: 0, doubles: 0 });
    start = end;
  }
  const layout = layOut({ length, counts, classes, axes, axisLengths, streamLengths }, places);
  return { length, series, attempts, counts, minTimes, maxTimes, minSteps, maxSteps, layout };
}

/** The most bytes that a stream of `n` values takes. */
function streamLimit(n: number): number {
  return 64 + 12 * n;
}

interface Packed {
  readonly length: number;
  readonly counts: Uint32Array;
  readonly classes: Uint32Array;
  readonly axes: Uint32Array;
  readonly axisLengths: Uint32Array;
  readonly streamLengths: Uint32Array;
}

/** Follows the parts through their frames, adding up what lies before each. */
function layOut(p: Packed, places: readonly FramePlace[]): BundleLayout {
  const frames = new Uint32Array(p.length);
  const starts = new Uint32Array(p.length);
  const streamLengths = new Uint32Array(p.length);
  const axisStarts = new Uint32Array(p.length);
  const axisLengths = new Uint32Array(p.length);
  let part = 0;
  let axesBefore = 0;
  let streamsBefore = 0;
  for (const [frame, place] of places.entries()) {
    const ends = [0];
    const end = part + place.parts;
    if (place.parts === 0 || end > p.length) throw corrupt("its frames hold another number of parts");
    for (; part < end; part++) {
      const count = p.counts[part] as number;
      const axis = p.axes[part] as number;
      frames[part] = frame;
      if (axis === ends.length - 1) {
        place.axesBytes += numberAt(p.axisLengths, axesBefore++, axesLimit(count));
        ends.push(place.axesBytes);
      }
      axisStarts[part] = numberAt(ends, axis, place.axesBytes);
      axisLengths[part] = numberAt(ends, axis + 1, place.axesBytes) - (axisStarts[part] as number);
      const type = p.classes[part] as number;
      if (type === FLOAT32 || type === FLOAT64) {
        starts[part] = type === FLOAT32 ? place.singles : place.doubles;
        if (type === FLOAT32) place.singles += count;
        else place.doubles += count;
      } else {
        starts[part] = place.streamBytes;
        streamLengths[part] = numberAt(p.streamLengths, streamsBefore++, streamLimit(count));
        place.streamBytes += streamLengths[part] as number;
      }
    }
    const size = place.axesBytes + place.streamBytes + 4 * place.singles + 8 * place.doubles;
    if (place.parts > 1 && size > FRAME_BYTES)
      throw corrupt(`a frame unpacks to ${size} bytes, more than ${FRAME_BYTES}`);
  }
  if (part !== p.length || axesBefore !== p.axisLengths.length || streamsBefore !== p.streamLengths.length) {
    throw corrupt("its frames hold another number of parts");
  }
  return { frames, classes: p.classes, starts, streamLengths, axisStarts, axisLengths, places };
}

function numberAt(list: ArrayLike<number>, i: number, limit: number): number {
  const x = list[i];
  if (x === undefined || x > limit) throw corrupt("the length of a part is missing or too large");
  return x;
}

function readColumn(r: Reader, n: number, limit: number): Uint32Array {
  return decodeWords(r, new Uint32Array(n), limit);
}

function checkOrder(series: Uint32Array, attempts: Uint32Array, counts: Uint32Array): void {
  let points = 0;
  for (let i = 0; i < series.length; i++) {
    points += counts[i] as number;
    const gap = i === 0 ? 1 : (series[i] as number) - (series[i - 1] as number);
    if (counts[i] === 0 || gap < 0 || (gap === 0 && (attempts[i] as number) <= (attempts[i - 1] as number))) {
      throw corrupt("its parts are empty or out of order");
    }
  }
  if (points > MAX_BUNDLE_POINTS) throw corrupt(`it has ${points} points, more than ${MAX_BUNDLE_POINTS}`);
}

function corrupt(reason: string) {
  return corruptRecord("bundle-directory", reason);
}
