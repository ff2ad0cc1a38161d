import type { SeriesBatch } from "@cairn/core";
import type { Scanner } from "./scanner.ts";

/** Points read straight from a body. */
export interface Scanned {
  readonly points: SeriesBatch;
  /** Behind the closing bracket or brace. */
  readonly end: number;
}

/** The points of the last scan. Copies, because the next one overwrites them. */
export function takePoints(
  { counts, steps, times, values }: Scanner,
  keys: readonly string[],
  total: number,
): SeriesBatch {
  return {
    keys,
    counts: counts.slice(0, keys.length),
    steps: steps.slice(0, total),
    times: times.slice(0, total),
    values: values.slice(0, total),
    batches: null,
  };
}
