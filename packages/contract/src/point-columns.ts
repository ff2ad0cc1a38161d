import type { SeriesBatch } from "@cairn/core";

/** Points in the order they were given, on their way to a `SeriesBatch`. */
export interface PointColumns {
  /** The points added from here on belong to this key. @returns true the first time it is named. */
  startKey(key: string): boolean;
  /** `batch` NaN = none. The caller adds no more points than it announced. */
  add(step: number, time: number, value: number, batch: number): void;
  readonly keys: readonly string[];
  readonly parts: Uint32Array;
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly batches: Float64Array;
  readonly hasBatches: () => boolean;
}

export function createColumns(total: number): PointColumns {
  const index = new Map<string, number>();
  const keys: string[] = [];
  const parts = new Uint32Array(total);
  const steps = new Float64Array(total);
  const times = new Float64Array(total);
  const values = new Float64Array(total);
  const batches = new Float64Array(total);
  let length = 0;
  let part = 0;
  let last: string | undefined;
  let withBatches = false;
  return {
    keys,
    parts,
    steps,
    times,
    values,
    batches,
    hasBatches: () => withBatches,
    startKey(key) {
      if (key === last) return false;
      last = key;
      const known = index.get(key);
      part = known ?? keys.length;
      if (known !== undefined) return false;
      index.set(key, part);
      keys.push(key);
      return true;
    },
    add(step, time, value, batch) {
      parts[length] = part;
      steps[length] = step;
      times[length] = time;
      values[length] = value;
      batches[length] = batch;
      if (!Number.isNaN(batch)) withBatches = true;
      length++;
    },
  };
}

/** Groups by key; the points of one key stay in the order given. Already grouped columns are taken as they are. */
export function batchOfColumns(columns: PointColumns): SeriesBatch {
  const { keys, parts, steps, times, values } = columns;
  const counts = new Uint32Array(keys.length);
  let grouped = true;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as number;
    counts[part] = (counts[part] as number) + 1;
    if (i > 0 && part < (parts[i - 1] as number)) grouped = false;
  }
  const batches = columns.hasBatches() ? columns.batches : null;
  // Series that were named but have no point would be empty parts.
  if (counts.includes(0)) return withoutEmpty({ keys, counts, steps, times, values, batches }, columns);
  if (grouped) return { keys, counts, steps, times, values, batches };
  const order = orderOf(parts, counts);
  return {
    keys,
    counts,
    steps: pick(steps, order),
    times: pick(times, order),
    values: pick(values, order),
    batches: batches && pick(batches, order),
  };
}

function withoutEmpty(batch: SeriesBatch, columns: PointColumns): SeriesBatch {
  const order = orderOf(columns.parts, batch.counts);
  const kept = batch.keys.map((_, i) => i).filter((i) => batch.counts[i] !== 0);
  return {
    keys: kept.map((i) => batch.keys[i] ?? ""),
    counts: Uint32Array.from(kept, (i) => batch.counts[i] ?? 0),
    steps: pick(batch.steps, order),
    times: pick(batch.times, order),
    values: pick(batch.values, order),
    batches: batch.batches && pick(batch.batches, order),
  };
}

/** Stable counting sort: where each output point comes from. */
function orderOf(parts: Uint32Array, counts: Uint32Array): Uint32Array {
  const next = new Uint32Array(counts.length);
  for (let p = 1; p < counts.length; p++) next[p] = (next[p - 1] as number) + (counts[p - 1] as number);
  const order = new Uint32Array(parts.length);
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as number;
    const at = next[part] as number;
    order[at] = i;
    next[part] = at + 1;
  }
  return order;
}

function pick(column: Float64Array, order: Uint32Array): Float64Array {
  const picked = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) picked[i] = column[order[i] as number] as number;
  return picked;
}
