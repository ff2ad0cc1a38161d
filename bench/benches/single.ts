import type { Bench } from "../support/bench.ts";
import { type Figure, figure, ratio } from "../support/figure.ts";
import { askJson } from "../support/http.ts";
import type { LoadPlan } from "../support/load/plan.ts";
import { type TurnsResult, takeTurns } from "../support/load/take-turns.ts";
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
        warmUpSeconds: 0.3,
        seconds: quick ? 0.5 : 2,
      });
      say(`${connections} clients: one commit a request, and cairn, in turn`);
      await using slow = await startReference("commit-per-request.ts");
      await using server = await startServer();
      const names = Array.from({ length: connections }, (_, i) => String(i).padStart(32, "a"));
      const { reference, cairn } = await takeTurns(
        { reference: plan(slow.url, names), cairn: plan(server.url, await createRuns(server.url, connections)) },
        // Node compiles for the first five seconds of such a load, on the two cores that both sides share with it.
        { slices: quick ? 1 : 9, warmUpSeconds: quick ? 0.3 : 6 },
      );
      const { points } = await askJson<{ points: number }>(`${slow.url}/count`);
      const expected = Object.values(reference.acknowledged).reduce((sum, count) => sum + count, 0);
      if (points !== expected) throw new Error(`the reference acknowledged ${expected} points and has ${points}`);
      await verifyLoad(server.url, cairn);
      figures.push(
        figure(`${connections} clients: one commit a request`, reference.speed, "requests/s", {
          note: latency(reference),
        }),
        figure(`${connections} clients: cairn`, cairn.speed, "requests/s", { note: latency(cairn) }),
        ratio(`${connections} clients: cairn ÷ one commit a request`, cairn.speed, reference.speed, {
          ...(connections === 16 ? { target: { atLeast: 3 } } : {}),
        }),
      );
    }
    return figures;
  },
};

function latency({ p50, p99 }: TurnsResult): string {
  return `p50 ${p50.toFixed(2)}, p99 ${p99.toFixed(2)} ms`;
}
