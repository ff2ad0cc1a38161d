import { decodeAxes } from "./axes.ts";
import { checksumOf, unpackBlob } from "./blob.ts";
import { type BundleDirectory, decodeBundleDirectory, type FramePlace } from "./bundle-directory.ts";
import type { BundlePart } from "./bundle-write.ts";
import { createReader, expectEnd, type Reader, readBytes } from "./bytes.ts";
import type { Compressor } from "./compressor.ts";
import { corruptRecord } from "./corrupt.ts";
import { readShuffled } from "./floats.ts";
import type { Points } from "./points.ts";
import { FLOAT32, FLOAT64, readStream } from "./values.ts";

/** Unpacked frames of one bundle by number, so that reading many of its series unpacks each frame once. Starts empty. */
export type FrameCache = Map<number, Reader>;

/**
 * The points of one series and attempt, or undefined if the bundle has none. Only its frame is unpacked.
 *
 * @throws internal, naming the record "bundle-frame", if the frame is damaged or belongs to another directory
 */
export function decodeBundlePart(
  directory: BundleDirectory,
  frames: Uint8Array,
  series: number,
  attempt: number,
  compressor: Compressor,
  cache?: FrameCache,
): Points | undefined {
  const part = findBundlePart(directory, series, attempt);
  return part < 0 ? undefined : decodeBundlePartAt(directory, frames, part, compressor, cache);
}

/** The place of a series and attempt in the directory, or -1. */
export function findBundlePart(directory: BundleDirectory, series: number, attempt: number): number {
  let low = 0;
  let high = directory.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const order = (directory.series[middle] as number) - series || (directory.attempts[middle] as number) - attempt;
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** As `decodeBundlePart`, by the place in the directory. */
export function decodeBundlePartAt(
  directory: BundleDirectory,
  frames: Uint8Array,
  part: number,
  compressor: Compressor,
  cache: FrameCache = new Map(),
): Points {
  const { layout, counts } = directory;
  const n = counts[part] as number;
  const number = layout.frames[part] as number;
  const place = layout.places[number] as FramePlace;
  let frame = cache.get(number);
  if (frame === undefined) {
    frame = openFrame(place, frames, compressor);
    cache.set(number, frame);
  }
  frame.at = layout.axisStarts[part] as number;
  const axisReader = createReader(readBytes(frame, layout.axisLengths[part] as number), "bundle-frame");
  const axes = decodeAxes(axisReader, n, directory.minTimes[part] as number);
  expectEnd(axisReader);
  const values = new Float64Array(n);
  readValues(directory, part, frame, place, values);
  return { ...axes, values };
}

/** Every part of a bundle, in order. */
export function decodeBundle(directory: Uint8Array, frames: Uint8Array, compressor: Compressor): BundlePart[] {
  const d = decodeBundleDirectory(directory, compressor);
  const cache: FrameCache = new Map();
  const parts: BundlePart[] = [];
  for (let i = 0; i < d.length; i++) {
    const points = decodeBundlePartAt(d, frames, i, compressor, cache);
    parts.push({ series: d.series[i] as number, attempt: d.attempts[i] as number, points });
  }
  const end = d.layout.places.at(-1)?.end ?? 0;
  if (end !== frames.length)
    throw corruptRecord("bundle-frame", `there are ${frames.length} bytes of frames, not ${end}`);
  return parts;
}

function openFrame(place: FramePlace, frames: Uint8Array, compressor: Compressor): Reader {
  if (place.end > frames.length) throw corruptRecord("bundle-frame", "it ends too early");
  const blob = frames.subarray(place.start, place.end);
  if (blob.length < 4 || checksumOf(blob) !== place.checksum) {
    throw corruptRecord("bundle-frame", "its checksum is not the one in the directory");
  }
  const planes = 4 * place.singles + 8 * place.doubles + 3;
  const frame = unpackBlob(blob, "bundle-frame", compressor, place.axesBytes + place.streamBytes + planes);
  seekFloats(frame, place);
  passFloats(frame, 4, place.singles);
  passFloats(frame, 8, place.doubles);
  expectEnd(frame);
  return frame;
}

function readValues(d: BundleDirectory, part: number, frame: Reader, place: FramePlace, values: Float64Array): void {
  const { classes, starts, streamLengths } = d.layout;
  const type = classes[part] as number;
  const start = starts[part] as number;
  const n = values.length;
  if (type === FLOAT32 || type === FLOAT64) {
    seekFloats(frame, place);
    if (type === FLOAT64) passFloats(frame, 4, place.singles);
    if (type === FLOAT32) readShuffled(frame, 4, place.singles, start, values, 0, n);
    else readShuffled(frame, 8, place.doubles, start, values, 0, n);
    return;
  }
  frame.at = place.axesBytes + start;
  const r = createReader(readBytes(frame, streamLengths[part] as number), "bundle-frame");
  readStream(r, type, values, 0, n);
  expectEnd(r);
}

function seekFloats(frame: Reader, place: FramePlace): void {
  frame.at = place.axesBytes + place.streamBytes;
  if (frame.tail !== null) frame.tail.at = 0;
}

const nothing = new Float64Array(0);

function passFloats(frame: Reader, width: 4 | 8, total: number): void {
  if (total > 0) readShuffled(frame, width, total, 0, nothing, 0, 0);
}
