import { invalid } from "../../errors.ts";
import { checksumOf } from "./blob.ts";
import {
  type DirectoryDraft,
  encodeDirectory,
  FRAME_BYTES,
  MAX_BUNDLE_PARTS,
  MAX_BUNDLE_POINTS,
  MAX_PART_POINTS,
} from "./bundle-directory.ts";
import { addPart, clearFrame, createFrame, finishFrame, frameSize, markFrame, rewindFrame } from "./bundle-frame.ts";
import type { Compressor } from "./compressor.ts";
import { isSorted, type Points, pointCount } from "./points.ts";

/** Points of one series and attempt, in the one order. */
export interface BundlePart {
  readonly series: number;
  readonly attempt: number;
  readonly points: Points;
}

const frame = createFrame();

/**
 * Points of many series of one run that fill no chunk. Parts that lie at the same steps and times share them, whatever their values.
 *
 * @throws invalid if parts are not in the order of (series, attempt), a part is empty, too long or not in the one order, or there
 * are more than `MAX_BUNDLE_POINTS` points
 */
export function encodeBundle(
  parts: readonly BundlePart[],
  compressor: Compressor,
): { directory: Uint8Array; frames: Uint8Array } {
  checkParts(parts);
  const draft = createDraft(parts.length);
  const blobs: Uint8Array[] = [];
  const placed = { type: 0, axis: 0, axisLength: 0, streamLength: 0 };
  let inFrame = 0;
  const close = () => {
    const blob = finishFrame(frame, compressor);
    blobs.push(blob);
    draft.frameParts.push(inFrame);
    draft.frameLengths.push(blob.length);
    draft.frameChecksums.push(checksumOf(blob));
    clearFrame(frame);
    inFrame = 0;
  };
  clearFrame(frame);
  for (const [i, part] of parts.entries()) {
    const mark = markFrame(frame);
    addPart(frame, part.points, placed);
    if (inFrame > 0 && frameSize(frame) > FRAME_BYTES) {
      rewindFrame(frame, mark);
      close();
      addPart(frame, part.points, placed);
    }
    inFrame += 1;
    describePart(draft, i, part);
    draft.classes[i] = placed.type;
    draft.axes[i] = placed.axis;
    if (placed.axisLength >= 0) draft.axisLengths.push(placed.axisLength);
    if (placed.streamLength >= 0) draft.streamLengths.push(placed.streamLength);
  }
  if (inFrame > 0) close();
  clearFrame(frame);
  return { directory: encodeDirectory(draft, compressor), frames: join(blobs) };
}

function checkParts(parts: readonly BundlePart[]): void {
  if (parts.length > MAX_BUNDLE_PARTS)
    throw invalid(`A bundle has at most ${MAX_BUNDLE_PARTS} parts, not ${parts.length}.`);
  let sum = 0;
  let before: BundlePart | null = null;
  for (const part of parts) {
    const n = pointCount(part.points);
    const name = `The part of series ${part.series} and attempt ${part.attempt}`;
    if (before !== null && (part.series - before.series || part.attempt - before.attempt) <= 0) {
      throw invalid(`${name} comes after series ${before.series}, attempt ${before.attempt}. Sort the parts.`);
    }
    if (n === 0 || n > MAX_PART_POINTS) throw invalid(`${name} has ${n} points, not 1 to ${MAX_PART_POINTS}.`);
    if (!isSorted(part.points)) throw invalid(`${name} is not in the one order. Sort its points.`);
    sum += n;
    before = part;
  }
  if (sum > MAX_BUNDLE_POINTS)
    throw invalid(`A bundle has at most ${MAX_BUNDLE_POINTS} points, not ${sum}. Make several.`);
}

interface Draft extends DirectoryDraft {
  readonly axisLengths: number[];
  readonly streamLengths: number[];
  readonly frameParts: number[];
  readonly frameLengths: number[];
  readonly frameChecksums: number[];
}

function createDraft(length: number): Draft {
  const column = () => new Float64Array(length);
  return {
    length,
    series: column(),
    attempts: column(),
    counts: column(),
    minTimes: column(),
    maxTimes: column(),
    minSteps: column(),
    maxSteps: column(),
    classes: column(),
    axes: column(),
    axisLengths: [],
    streamLengths: [],
    frameParts: [],
    frameLengths: [],
    frameChecksums: [],
  };
}

function describePart(draft: Draft, i: number, part: BundlePart): void {
  const { steps, times } = part.points;
  const n = times.length;
  let minStep = steps[0] as number;
  let maxStep = minStep;
  for (let k = 1; k < n; k++) {
    const step = steps[k] as number;
    if (step < minStep) minStep = step;
    if (step > maxStep) maxStep = step;
  }
  draft.series[i] = part.series;
  draft.attempts[i] = part.attempt;
  draft.counts[i] = n;
  draft.minTimes[i] = times[0] as number;
  draft.maxTimes[i] = times[n - 1] as number;
  draft.minSteps[i] = minStep;
  draft.maxSteps[i] = maxStep;
}

function join(blobs: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const blob of blobs) length += blob.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const blob of blobs) {
    out.set(blob, at);
    at += blob.length;
  }
  return out;
}
