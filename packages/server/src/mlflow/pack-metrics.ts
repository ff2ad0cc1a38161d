import type { SeriesBatch } from "@cairn/core";
import { isKey } from "./checks.ts";
import { parseDouble } from "./proto/scalars.ts";

interface WireMetric {
  readonly key?: unknown;
  readonly value?: unknown;
  readonly timestamp?: unknown;
  readonly step?: unknown;
}

/**
 * Metrics as MLflow sends them → columns grouped by key. Two passes, no object per metric beside those of the parse:
 * the first finds each metric's series and counts, the second puts it in its place.
 *
 * @returns undefined when an item is not plainly right; the schema then finds the words.
 */
export function packMetrics(metrics: readonly unknown[]): SeriesBatch | undefined {
  const total = metrics.length;
  const seriesOf = new Uint32Array(total);
  const numbers = new Map<string, number>();
  const keys: string[] = [];
  const counts: number[] = [];
  for (let index = 0; index < total; index++) {
    const metric = metrics[index] as WireMetric | null;
    if (typeof metric !== "object" || metric === null) return undefined;
    const key = metric.key;
    if (typeof key !== "string") return undefined;
    let number = numbers.get(key);
    if (number === undefined) {
      if (key === "" || !isKey(key)) return undefined;
      number = keys.length;
      numbers.set(key, number);
      keys.push(key);
      counts.push(0);
    }
    seriesOf[index] = number;
    counts[number] = (counts[number] as number) + 1;
  }
  return fill(metrics as readonly WireMetric[], seriesOf, keys, Uint32Array.from(counts));
}

function fill(
  metrics: readonly WireMetric[],
  seriesOf: Uint32Array,
  keys: readonly string[],
  counts: Uint32Array,
): SeriesBatch | undefined {
  const next = firstPlaces(counts);
  const steps = new Float64Array(metrics.length);
  const times = new Float64Array(metrics.length);
  const values = new Float64Array(metrics.length);
  for (let index = 0; index < metrics.length; index++) {
    const { value, timestamp, step } = metrics[index] as WireMetric;
    const number = typeof value === "number" && Number.isFinite(value) ? value : parseDouble(value);
    if (number === undefined || !Number.isSafeInteger(timestamp) || (timestamp as number) < 0) return undefined;
    const series = seriesOf[index] as number;
    const place = next[series] as number;
    next[series] = place + 1;
    if (step !== undefined) {
      if (!Number.isSafeInteger(step)) return undefined;
      steps[place] = step as number;
    }
    times[place] = timestamp as number;
    values[place] = number;
  }
  return { keys, counts, steps, times, values, batches: null };
}

function firstPlaces(counts: Uint32Array): Uint32Array {
  const places = new Uint32Array(counts.length);
  for (let index = 1; index < counts.length; index++) {
    places[index] = (places[index - 1] as number) + (counts[index - 1] as number);
  }
  return places;
}
