import type { SeriesBatch } from "./batch.ts";

/** One point of one series, as a row. */
export interface PointRow {
  readonly key: string;
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly value: number;
  readonly batch?: number | null | undefined;
}

/**
 * Rows in any order → a batch, grouped by key, rows of a key in the order given.
 *
 * @example
 * packPoints([{ key: "train/loss", step: 0, time: 1700000000000, value: 0.7 }]);
 */
export function packPoints(rows: readonly PointRow[]): SeriesBatch {
  const index = new Map<string, number>();
  const counts: number[] = [];
  const part = new Uint32Array(rows.length);
  let hasBatch = false;
  for (const [i, row] of rows.entries()) {
    let at = index.get(row.key);
    if (at === undefined) {
      at = index.size;
      index.set(row.key, at);
      counts.push(0);
    }
    part[i] = at;
    counts[at] = (counts[at] ?? 0) + 1;
    if (row.batch != null) hasBatch = true;
  }
  const next = new Uint32Array(counts.length);
  for (let i = 1; i < counts.length; i++) next[i] = (next[i - 1] ?? 0) + (counts[i - 1] ?? 0);
  const steps = new Float64Array(rows.length);
  const times = new Float64Array(rows.length);
  const values = new Float64Array(rows.length);
  const batches = hasBatch ? new Float64Array(rows.length).fill(Number.NaN) : null;
  for (const [i, row] of rows.entries()) {
    const p = part[i] as number;
    const at = next[p] as number;
    next[p] = at + 1;
    steps[at] = row.step;
    times[at] = row.time;
    values[at] = row.value;
    if (batches !== null && row.batch != null) batches[at] = row.batch;
  }
  return { keys: [...index.keys()], counts: Uint32Array.from(counts), steps, times, values, batches };
}
