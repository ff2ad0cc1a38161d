import { SEGMENT_CHUNKS } from "./put-chunks.ts";
import {
  chunkAttempts,
  liveParts,
  type RunSnapshot,
  type SeriesPlace,
  type Snapshot,
  unsealedPoints,
} from "./snapshot.ts";

/** The steps that some points of an attempt cover. */
export interface Span {
  readonly attempt: number;
  readonly minStep: number;
  readonly maxStep: number;
}

/**
 * For each attempt of a series, the step from which later attempts went over it again: its points at or beyond are superseded.
 * Null if the series has one attempt only, or has no steps at all: unstepped metrics all lie at step 0, where nothing is overtaken.
 */
export function findOvertaken(spans: readonly Span[]): Map<number, number> | null {
  const lowest = new Map<number, number>();
  let stepped = false;
  for (const { attempt, minStep, maxStep } of spans) {
    if (minStep !== 0 || maxStep !== 0) stepped = true;
    lowest.set(attempt, Math.min(lowest.get(attempt) ?? Number.POSITIVE_INFINITY, minStep));
  }
  if (!stepped || lowest.size < 2) return null;
  const overtaken = new Map<number, number>();
  let least = Number.POSITIVE_INFINITY;
  for (const attempt of [...lowest.keys()].sort((a, b) => b - a)) {
    overtaken.set(attempt, least);
    least = Math.min(least, lowest.get(attempt) as number);
  }
  return overtaken;
}

/** The spans of all that a series has. */
export function readSpans(snapshot: Snapshot, run: RunSnapshot, row: SeriesPlace): Span[] {
  if (run.head.attempt === 0) return [];
  const { tx } = snapshot;
  const spans: Span[] = unsealedPoints(run, row).map(({ attempt, points }) => spanOf(attempt, points.steps));
  for (const { bundle, part, attempt } of liveParts(snapshot, run, row)) {
    const { minSteps, maxSteps } = bundle.directory;
    spans.push({ attempt, minStep: minSteps[part] as number, maxStep: maxSteps[part] as number });
  }
  for (const attempt of chunkAttempts(snapshot, row, run.head)) {
    const prefix = [row.id, attempt];
    let covered = 0;
    for (const { number, chunks, minStep, maxStep } of tx.pick("segments", ["number", "chunks", "minStep", "maxStep"], {
      prefix,
    })) {
      spans.push({ attempt, minStep, maxStep });
      covered = number * SEGMENT_CHUNKS + chunks;
    }
    const loose = tx.pick("chunks", ["minStep", "maxStep"], { prefix, from: covered });
    for (const { minStep, maxStep } of loose) spans.push({ attempt, minStep, maxStep });
  }
  return spans;
}

export function spanOf(attempt: number, steps: Float64Array): Span {
  let minStep = Number.POSITIVE_INFINITY;
  let maxStep = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as number;
    if (step < minStep) minStep = step;
    if (step > maxStep) maxStep = step;
  }
  return { attempt, minStep, maxStep };
}
