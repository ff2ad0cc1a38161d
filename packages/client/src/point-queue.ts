import { MAX_BATCH_POINTS, type SeriesBatch } from "@cairn/core";

/** Points on their way out, in columns, grouped by key as they come. One queue becomes one batch. */
export interface PointQueue {
  readonly size: number;
  /** False when the queue holds as many as one batch may: start another. */
  add(key: string, step: number, time: number, value: number, batch: number | null): boolean;
  /** @returns all of it as a batch; the queue must not be used again. */
  close(): SeriesBatch;
}

interface Part {
  readonly steps: number[];
  readonly times: number[];
  readonly values: number[];
  readonly batches: number[];
}

export function createPointQueue(): PointQueue {
  const parts = new Map<string, Part>();
  let size = 0;
  let hasBatches = false;
  return {
    get size() {
      return size;
    },
    add(key, step, time, value, batch) {
      if (size >= MAX_BATCH_POINTS) return false;
      let part = parts.get(key);
      if (part === undefined) {
        part = { steps: [], times: [], values: [], batches: [] };
        parts.set(key, part);
      }
      part.steps.push(step);
      part.times.push(time);
      part.values.push(value);
      part.batches.push(batch ?? Number.NaN);
      if (batch !== null) hasBatches = true;
      size++;
      return true;
    },
    close() {
      const all = [...parts.values()];
      return {
        keys: [...parts.keys()],
        counts: Uint32Array.from(all, ({ values }) => values.length),
        steps: join(all, "steps", size),
        times: join(all, "times", size),
        values: join(all, "values", size),
        batches: hasBatches ? join(all, "batches", size) : null,
      };
    },
  };
}

function join(parts: readonly Part[], name: keyof Part, size: number): Float64Array {
  const column = new Float64Array(size);
  let at = 0;
  for (const part of parts) {
    column.set(part[name], at);
    at += part[name].length;
  }
  return column;
}
