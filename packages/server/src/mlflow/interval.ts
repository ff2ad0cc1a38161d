import type { Services } from "@cairn/core";
import { readHistory } from "./history.ts";

interface Interval {
  readonly run: string;
  readonly key: string;
  /** Inclusive bounds on the step. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly limit: number;
}

/**
 * MLflow's sampling for charts (as of 3.16): a run's points by (step, time, value) in `limit` stretches of even length,
 * the first of each, and the last point of all. Never more than `limit`, however many points share a step.
 */
export async function sampleInterval(
  services: Services,
  { run, key, from, to, limit }: Interval,
  add: (time: number, step: number, value: number) => void,
): Promise<void> {
  const steps: number[] = [];
  const times: number[] = [];
  const values: number[] = [];
  await readHistory(services, { run, key, from, to }, Number.POSITIVE_INFINITY, (page) => {
    for (let index = 0; index < page.values.length; index++) {
      steps.push(page.steps[index] as number);
      times.push(page.times[index] as number);
      values.push(page.values[index] as number);
    }
  });
  // The history comes by (time, step, value); a stable sort by step leaves (step, time, value).
  const order = Uint32Array.from(steps.keys());
  order.sort((a, b) => (steps[a] as number) - (steps[b] as number) || a - b);
  for (const place of pickPlaces(order.length, limit)) {
    const index = order[place] as number;
    add(times[index] as number, steps[index] as number, values[index] as number);
  }
}

/** At most `limit` of the places 0 … count-1, ascending: SQL's NTILE, the first of each tile, with the last for the last. */
export function pickPlaces(count: number, limit: number): number[] {
  if (count <= limit) return Array.from({ length: count }, (_, place) => place);
  const length = Math.floor(count / limit);
  const longer = count % limit;
  const places = Array.from({ length: limit }, (_, tile) => tile * length + Math.min(tile, longer));
  places[limit - 1] = count - 1;
  return places;
}
