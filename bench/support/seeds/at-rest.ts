import { inParallel } from "../http.ts";
import { createMetrics, createTimes } from "../metrics.ts";
import { createRuns } from "../runs.ts";
import { type Columns, logColumns } from "./write-series.ts";

export interface RestShape {
  readonly runs: number;
  readonly metrics: number;
  readonly steps: number;
}

/** Fills a server with runs of realistic metrics, all metrics of a step logged together. @returns points written. */
export async function writeRuns(url: string, { runs, metrics, steps }: RestShape): Promise<number> {
  const ids = await createRuns(url, runs);
  await inParallel(runs, 4, async (index) => {
    const sources = createMetrics(metrics, index + 1, steps);
    const timeOf = createTimes(index + 1);
    const times = Float64Array.from({ length: steps }, (_, step) => timeOf(step));
    const perCall = Math.floor(60_000 / metrics);
    for (let from = 0; from < steps; from += perCall) {
      const count = Math.min(perCall, steps - from);
      await logColumns(url, ids[index] ?? "", stretch(sources, times, from, count));
    }
  });
  return runs * metrics * steps;
}

function stretch(sources: ReturnType<typeof createMetrics>, times: Float64Array, from: number, count: number): Columns {
  const at = (i: number) => from + (i % count);
  const length = sources.length * count;
  const values = new Float64Array(length);
  sources.forEach((source, m) => {
    for (let i = 0; i < count; i++) values[m * count + i] = source.value(from + i);
  });
  return {
    keys: sources.map(({ key }) => key),
    counts: sources.map(() => count),
    steps: Float64Array.from({ length }, (_, i) => at(i)),
    times: Float64Array.from({ length }, (_, i) => times[at(i)] ?? 0),
    values,
  };
}
