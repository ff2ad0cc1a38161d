import type { Services } from "@cairn/core";

const CORE_PAGE = 100_000;
/** The most points of one run in an answer: many may share a step. */
const MAX_POINTS = 25_000;

interface Interval {
  readonly runs: readonly string[];
  readonly key: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly limit: number;
}

/**
 * MLflow's sampling for charts: the distinct steps of all runs in range, `limit` of them spread evenly, and each run's
 * first and last step always; then every point that lies on one of these steps.
 */
export async function sampleInterval(
  services: Services,
  { runs, key, from, to, limit }: Interval,
  add: (run: string, time: number, step: number, value: number) => void,
): Promise<void> {
  const all: { run: string; points: Points }[] = [];
  for (const run of runs) all.push({ run, points: await readPoints(services, run, key, from, to) });
  const kept = pickSteps(
    all.map(({ points }) => points.steps),
    limit,
  );
  for (const { run, points } of all) {
    let given = 0;
    for (const index of points.order) {
      const step = points.steps[index] as number;
      if (!kept.has(step) || given >= MAX_POINTS) continue;
      given++;
      add(run, points.times[index] as number, step, points.values[index] as number);
    }
  }
}

interface Points {
  readonly steps: readonly number[];
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** By step, then time, then value. */
  readonly order: readonly number[];
}

async function readPoints(services: Services, run: string, key: string, from?: number, to?: number): Promise<Points> {
  const steps: number[] = [];
  const times: number[] = [];
  const values: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await services.series.history(run, key, { limit: CORE_PAGE, cursor, from, to });
    for (let index = 0; index < page.values.length; index++) {
      steps.push(page.steps[index] as number);
      times.push(page.times[index] as number);
      values.push(page.values[index] as number);
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  // The history comes by (time, step, value); a stable sort by step leaves (step, time, value).
  const order = steps.map((_, index) => index).sort((a, b) => (steps[a] as number) - (steps[b] as number));
  return { steps, times, values, order };
}

/** Evenly spread over the sorted distinct steps, the last one included, and the bounds of each run. */
export function pickSteps(runs: readonly (readonly number[])[], limit: number): ReadonlySet<number> {
  const distinct = new Set<number>();
  const kept = new Set<number>();
  for (const steps of runs) {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (const step of steps) {
      distinct.add(step);
      if (step < min) min = step;
      if (step > max) max = step;
    }
    if (steps.length > 0) kept.add(min).add(max);
  }
  const sorted = [...distinct].sort((a, b) => a - b);
  if (sorted.length <= limit) return distinct;
  for (let index = 0; index < limit; index++) {
    kept.add(
      sorted[limit === 1 ? sorted.length - 1 : Math.round((index * (sorted.length - 1)) / (limit - 1))] as number,
    );
  }
  return kept;
}
