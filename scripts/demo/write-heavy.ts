import type { Client } from "@cairn/client";
import type { Chance } from "./chance.ts";

const RUNS = 20;
const METRICS = 100;
const POINTS = 100_000;
/** Of each metric in one call: a call takes 65 536 points. */
const STRIDE = 655;
/** Runs written side by side. */
const WIDTH = 4;
const START = Date.UTC(2026, 0, 1);

/**
 * An experiment that is hard to draw: 20 runs × 100 metrics × 100 000 points, logged as a training would, all metrics of a
 * stretch in one call.
 * @param onProgress told of each call: points written so far, and all there will be
 */
export async function writeHeavy(
  client: Client,
  chance: Chance,
  onProgress: (done: number, all: number) => void,
  points = POINTS,
): Promise<void> {
  const { id: experiment } = await client.experiments.create({
    name: "heavy",
    onConflict: "duplicate",
    description: `${RUNS} runs × ${METRICS} metrics × ${points} points.`,
  });
  const keys = Array.from(
    { length: METRICS },
    (_, index) => `${["train", "val", "grads", "acts"][index % 4]}/m${index >> 2}`,
  );
  const noise = Float64Array.from({ length: 8192 }, () => chance.normal());
  let done = 0;
  const writeOne = async (run: number): Promise<void> => {
    const parameters = [{ key: "width", value: run }];
    const { id } = await client.runs.create({ experiment, name: `heavy-${run}`, parameters });
    for (let from = 0; from < points; from += STRIDE) {
      const count = Math.min(STRIDE, points - from);
      await client.runs.log(id, { points: stretchOf(keys, run, from, count, noise) });
      done += count * METRICS;
      onProgress(done, RUNS * METRICS * points);
    }
    await client.runs.update(id, { state: "finished" });
  };
  for (let run = 0; run < RUNS; run += WIDTH) {
    await Promise.all(Array.from({ length: Math.min(WIDTH, RUNS - run) }, (_, index) => writeOne(run + index)));
  }
}

function stretchOf(keys: readonly string[], run: number, from: number, count: number, noise: Float64Array) {
  const total = keys.length * count;
  const [steps, times, values] = [new Float64Array(total), new Float64Array(total), new Float64Array(total)];
  let at = 0;
  for (let metric = 0; metric < keys.length; metric++) {
    for (let step = from; step < from + count; step++) {
      const base = 2 / (1 + step / (500 + 40 * run)) + 0.1 * Math.sin(step / 3000 + metric);
      steps[at] = step;
      times[at] = START + step * 250;
      values[at++] = Math.fround(base + 0.05 * (noise[(step * 7 + metric * 131 + run * 17) & 8191] ?? 0));
    }
  }
  return { keys, counts: new Uint32Array(keys.length).fill(count), steps, times, values, batches: null };
}
