import type { Services } from "@cairn/core";
import { findHistory } from "./history.ts";

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
  const sample = await findHistory(services, run, key, { sample: limit, from, to });
  for (const [index, step] of sample?.steps.entries() ?? []) {
    add(sample?.times[index] as number, step, sample?.values[index] as number);
  }
}
