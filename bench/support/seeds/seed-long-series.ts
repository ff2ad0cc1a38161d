import { createChance, normal } from "../chance.ts";
import { inParallel } from "../http.ts";
import { createTimes } from "../metrics.ts";
import { createRuns } from "../runs.ts";
import { startServer } from "../servers.ts";
import { settleFolder } from "../settle.ts";
import { logSeries } from "./write-series.ts";

export const LONG_KEY = "train/loss";

/** The values of series `index`: a float32 loss with noise, and a spike now and then that a chart must show. */
export function longValues(index: number, length: number): Float64Array {
  const chance = createChance(index * 31 + 5);
  return Float64Array.from({ length }, (_, step) => {
    const spike = chance() < 0.000_01 ? 40 * chance() : 0;
    return Math.fround(2.3 * Math.exp((-3 * step) / length) + 0.05 * Math.abs(normal(chance)) + spike);
  });
}

/** Runs with one series of `length` points each, sealed. @returns their ids, in order of their index. */
export async function seedLongSeries(
  folder: string,
  shape: { readonly runs: number; readonly length: number },
  say: (line: string) => void,
): Promise<string[]> {
  let ids: string[];
  {
    await using server = await startServer(folder);
    ids = await createRuns(server.url, shape.runs);
    const steps = Float64Array.from({ length: shape.length }, (_, step) => step);
    await inParallel(shape.runs, 4, async (index) => {
      const timeOf = createTimes(index);
      const times = steps.map(timeOf);
      await logSeries(server.url, ids[index] ?? "", LONG_KEY, {
        steps,
        times,
        values: longValues(index, shape.length),
      });
      if (index % 10 === 9) say(`seeding: series ${index + 1} of ${shape.runs}`);
    });
    await server.stop();
  }
  say("seeding: sealing");
  await settleFolder(folder);
  return ids;
}
