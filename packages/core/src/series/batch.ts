/**
 * Points on their way in, packed in columns by whoever parsed them, so that one transfer carries them to the writer.
 * Part i is `counts[i]` points of the series `keys[i]`; parts lie end to end in the columns. Keys are distinct.
 * `batches` null = no point has one, else NaN marks "none".
 * Already checked: keys are texts of 1 … 1024 characters without NUL, |step| and |time| ≤ 2^53-1 and whole, counts add up.
 */
export interface SeriesBatch {
  readonly keys: readonly string[];
  readonly counts: Uint32Array;
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly batches: Float64Array | null;
}

/** The most points that one batch may hold. */
export const MAX_BATCH_POINTS = 65_536;

/** A retried batch carries the same writer id and number, and is applied once. Numbers start at 1 and grow by one. */
export interface WriterMark {
  readonly id: string;
  readonly number: number;
}
