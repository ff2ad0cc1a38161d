import { askJson, inParallel } from "../http.ts";
import { createMetrics, createTimes } from "../metrics.ts";
import { createRuns } from "../runs.ts";
import { startServer } from "../servers.ts";
import { settleFolder } from "../settle.ts";
import { CALL, logColumns } from "./write-series.ts";

export interface ChartShape {
  readonly runs: number;
  readonly metrics: number;
  /** Points of each series. */
  readonly length: number;
}

/** An experiment whose runs logged many metrics at each step, sealed: a page of charts. */
export async function seedCharts(folder: string, shape: ChartShape, say: (line: string) => void): Promise<void> {
  {
    await using server = await startServer(folder);
    const ids = await createRuns(server.url, shape.runs);
    await inParallel(shape.runs, 2, async (index) => {
      await logTraining(server.url, ids[index] ?? "", index, shape);
      await askJson(`${server.url}/api/v1/runs/${ids[index]}`, { method: "PATCH", body: { state: "finished" } });
      say(`seeding: run ${index + 1} of ${shape.runs}`);
    });
    await server.stop();
  }
  say("seeding: sealing");
  await settleFolder(folder);
}

async function logTraining(url: string, run: string, index: number, { metrics, length }: ChartShape): Promise<void> {
  const sources = createMetrics(metrics, index, length).map(({ key, value }, i) => ({ key: keyOf(key, i), value }));
  const timeOf = createTimes(index);
  const most = Math.floor(CALL / metrics);
  for (let from = 0; from < length; from += most) {
    const steps = Array.from({ length: Math.min(most, length - from) }, (_, i) => from + i);
    const times = steps.map(timeOf);
    const values = Float64Array.from(sources.flatMap((source) => steps.map((step) => source.value(step))));
    const added = await logColumns(url, run, {
      keys: sources.map(({ key }) => key),
      counts: sources.map(() => steps.length),
      steps: Float64Array.from(sources.flatMap(() => steps)),
      times: Float64Array.from(sources.flatMap(() => times)),
      values,
    });
    if (added !== values.length) throw new Error(`${values.length} points were sent, ${added} were new`);
  }
}

/** One chart each: names of one phase, in sections of ten. */
function keyOf(key: string, index: number): string {
  return `part${Math.floor(index / 10)}/${key.replaceAll("/", "_")}`;
}
