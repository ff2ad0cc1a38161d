import { type Figure, figure, ratio } from "../support/figure.ts";
import { askJson } from "../support/http.ts";
import { generateLoad } from "../support/load/generate-load.ts";
import type { LoadPlan, LoadResult } from "../support/load/plan.ts";
import { verifyLoad } from "../support/runs.ts";
import { countPeerPoints } from "./fill-peer.ts";

const CONNECTIONS = 16;

/** The same bodies of MLflow's wire from a load generator, sixteen connections, each answer durable. */
export async function loadBoth(options: {
  readonly peer: string;
  readonly database: string;
  readonly ours: string;
  readonly quick: boolean;
  say(line: string): void;
}): Promise<Figure[]> {
  const { peer, database, ours, quick, say } = options;
  const shapes = [
    { what: "log-batch, 1000 metrics", body: "log-batch", metrics: 1000, target: { atLeast: 50 } },
    { what: "log-metric", body: "log-metric", metrics: 1, target: { atLeast: 20 } },
  ] as const;
  const figures: Figure[] = [];
  for (const { what, body, metrics, target } of shapes) {
    const plan = (url: string, runs: readonly string[]): LoadPlan => ({
      ...{ url, body, runs, metrics, steps: 1, connections: CONNECTIONS, templates: 32 },
      warmUpSeconds: quick ? 0.5 : 2,
      seconds: quick ? 2 : 10,
    });
    say(`${what}: MLflow`);
    const theirs = await generateLoad(plan(peer, await createRuns(peer)));
    for (const [run, points] of Object.entries(theirs.acknowledged)) {
      const found = countPeerPoints(database, run);
      if (found !== points) throw new Error(`MLflow: ${points} points were acknowledged, ${found} are there`);
    }
    say(`${what}: ours`);
    const own = await generateLoad(plan(ours, await createRuns(ours)));
    await verifyLoad(ours, own);
    figures.push(
      figure(`16 connections, ${what}: MLflow`, speed(theirs), "points/s", { note: latency(theirs) }),
      figure(`16 connections, ${what}: ours`, speed(own), "points/s", { note: latency(own) }),
      ratio(`16 connections, ${what}: ours ÷ MLflow`, speed(own), speed(theirs), { target }),
    );
  }
  return figures;
}

/** One after another: SQLite behind MLflow's workers refuses some of many at once. */
async function createRuns(url: string): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < CONNECTIONS; index++) {
    const body = { experiment_id: "0", run_name: `load-${index}` };
    const { run } = await askJson<{ run: { info: { run_id: string } } }>(`${url}/api/2.0/mlflow/runs/create`, { body });
    ids.push(run.info.run_id);
  }
  return ids;
}

const speed = ({ points, seconds }: LoadResult) => points / seconds;
const latency = ({ p50, p99 }: LoadResult) => `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)} ms`;
