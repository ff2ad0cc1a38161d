import { type Axes, encodeAxes, isSameAxes } from "./axes.ts";
import { packBlob } from "./blob.ts";
import { createWriter, type Writer, writeBytes } from "./bytes.ts";
import type { Compressor } from "./compressor.ts";
import { canonicalDoubles, canonicalSingles, writeShuffled } from "./floats.ts";
import { type Points, pointCount } from "./points.ts";
import { createScratch, ensure, type Scratch } from "./scratch.ts";
import { chooseClass, classOf, FLOAT32, FLOAT64, writeStream } from "./values.ts";

/** Axes that a new part is compared with: those seen last. Metrics of one call follow one another; a few calls alternate. */
const RECENT_AXES = 16;

/**
 * A frame under construction. Unpacked it is: the distinct axes, the streams of constant and decimal parts, all float32 values as
 * one shuffled column, all float64 values as another.
 */
export interface FrameDraft {
  readonly axes: Writer;
  readonly streams: Writer;
  readonly singles: Scratch;
  readonly doubles: Scratch;
  singleCount: number;
  doubleCount: number;
  axisCount: number;
  recent: Axes[];
}

/** What the directory must know of a part. A length of -1: the part shares its axis, or has no stream. */
export interface PlacedPart {
  type: number;
  axis: number;
  axisLength: number;
  streamLength: number;
}

export interface FrameMark {
  readonly axes: number;
  readonly streams: number;
  readonly singleCount: number;
  readonly doubleCount: number;
  readonly axisCount: number;
}

const writer = createWriter(131_072);
const tail = createWriter(131_072);

export function createFrame(): FrameDraft {
  return {
    axes: createWriter(),
    streams: createWriter(),
    singles: createScratch(),
    doubles: createScratch(),
    singleCount: 0,
    doubleCount: 0,
    axisCount: 0,
    recent: [],
  };
}

export function clearFrame(f: FrameDraft): void {
  f.recent = [];
  rewindFrame(f, { axes: 0, streams: 0, singleCount: 0, doubleCount: 0, axisCount: 0 });
}

export function markFrame(f: FrameDraft): FrameMark {
  const { singleCount, doubleCount, axisCount } = f;
  return { axes: f.axes.at, streams: f.streams.at, singleCount, doubleCount, axisCount };
}

/** Takes back the parts added since the mark; the frame takes no more parts until it is cleared. */
export function rewindFrame(f: FrameDraft, mark: FrameMark): void {
  f.axes.at = mark.axes;
  f.streams.at = mark.streams;
  f.singleCount = mark.singleCount;
  f.doubleCount = mark.doubleCount;
  f.axisCount = mark.axisCount;
}

export function frameSize(f: FrameDraft): number {
  return f.axes.at + f.streams.at + 4 * f.singleCount + 8 * f.doubleCount;
}

/** Adds a part's points and says into `placed` where they went. */
export function addPart(f: FrameDraft, points: Points, placed: PlacedPart): void {
  const n = pointCount(points);
  placeAxes(f, points, n, placed);
  const chosen = chooseClass(points.values, 0, n);
  placed.type = classOf(chosen);
  placed.streamLength = -1;
  if (placed.type === FLOAT32) {
    append(f.singles, f.singleCount, canonicalSingles.words, n);
    f.singleCount += n;
  } else if (placed.type === FLOAT64) {
    append(f.doubles, 2 * f.doubleCount, canonicalDoubles.words, 2 * n);
    f.doubleCount += n;
  } else {
    const start = f.streams.at;
    writeStream(f.streams, points.values, 0, n, chosen, null);
    placed.streamLength = f.streams.at - start;
  }
}

export function finishFrame(f: FrameDraft, compressor: Compressor): Uint8Array {
  writer.at = 0;
  tail.at = 0;
  writeBytes(writer, f.axes.bytes.subarray(0, f.axes.at));
  writeBytes(writer, f.streams.bytes.subarray(0, f.streams.at));
  if (f.singleCount > 0) writeShuffled(writer, tail, f.singles.words, f.singleCount, 4);
  if (f.doubleCount > 0) writeShuffled(writer, tail, f.doubles.words, f.doubleCount, 8);
  return packBlob(writer, tail, "bundle-frame", compressor);
}

function placeAxes(f: FrameDraft, points: Points, n: number, placed: PlacedPart): void {
  for (let i = f.recent.length - 1; i >= 0; i--) {
    if (!isSameAxes(f.recent[i] as Axes, points)) continue;
    placed.axis = f.axisCount - f.recent.length + i;
    placed.axisLength = -1;
    return;
  }
  const start = f.axes.at;
  encodeAxes(f.axes, points, n, points.times[0] as number, null);
  placed.axis = f.axisCount;
  placed.axisLength = f.axes.at - start;
  f.axisCount += 1;
  f.recent.push(points);
  if (f.recent.length > RECENT_AXES) f.recent.shift();
}

/** Scratch keeps nothing when it grows, so the words so far are copied over. */
function append(to: Scratch, at: number, words: Int32Array, n: number): void {
  const before = to.words;
  ensure(to, Math.ceil((at + n) / 2));
  if (to.words !== before) to.words.set(before.subarray(0, at));
  to.words.set(words.subarray(0, n), at);
}
