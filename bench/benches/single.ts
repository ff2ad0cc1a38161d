import type { Bench } from "../support/bench.ts";
import { type Figure, figure, ratio } from "../support/figure.ts";
import { askJson } from "../support/http.ts";
import { generateLoad } from "../support/load/generate-load.ts";
import type { LoadPlan, LoadResult } from "../support/load/plan.ts";
import { createRuns, verifyLoad } from "../support/runs.ts";
import { startReference, startServer } from "../support/servers.ts";

/** One metric a request, durable: what sharing commits brings. */
export const single: Bench = {
  name: "single",
  summary: "log-metric one by one, beside one commit a request",
  async run({ quick, say }) {
    const figures: Figure[] = [];
    for (const connections of [16, 128]) {
      const plan = (url: string, runs: readonly string[]): LoadPlan => ({
        url,
        body: "log-metric",
        runs,
        connections,
        metrics: 1,
        steps: 1,
        templates: 64,
        // Node compiles for the first five seconds of such a load, on the two cores that both sides share with it.
        warmUpSeconds: quick ? 0.3 : 6,
        seconds: quick ? 1 : 6,
      });
      say(`${connections} clients: one commit a request`);
      await using slow = await startReference("commit-per-request.ts");
      const names = Array.from({ length: connections }, (_, i) => String(i).padStart(32, "a"));
      const reference = await generateLoad(plan(slow.url, names));
      const { points } = await askJson<{ points: number }>(`${slow.url}/count`);
      const expected = Object.values(reference.acknowledged).reduce((sum, count) => sum + count, 0);
      if (points !== expected) throw new Error(`the reference acknowledged ${expected} points and has ${points}`);
      await slow.stop();

      say(`${connections} clients: cairn`);
      await using server = await startServer();
      const ours = await generateLoad(plan(server.url, await createRuns(server.url, connections)));
      await verifyLoad(server.url, ours);
      figures.push(
        figure(`${connections} clients: one commit a request`, speed(reference), "requests/s", {
          note: latency(reference),
        }),
        figure(`${connections} clients: cairn`, speed(ours), "requests/s", { note: latency(ours) }),
        ratio(`${connections} clients: cairn ÷ one commit a request`, speed(ours), speed(reference), {
          ...(connections === 16 ? { target: { atLeast: 3 } } : {}),
        }),
      );
    }
    return figures;
  },
};

function speed({ requests, seconds }: LoadResult): number {
  return requests / seconds;
}

function latency({ p50, p99 }: LoadResult): string {
  return `p50 ${p50.toFixed(2)}, p99 ${p99.toFixed(2)} ms`;
}
