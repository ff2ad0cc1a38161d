import { setTimeout as sleep } from "node:timers/promises";
import type { Bench, BenchContext } from "../support/bench.ts";
import { type Figure, figure, ratio } from "../support/figure.ts";
import { askJson } from "../support/http.ts";
import { generateLoad } from "../support/load/generate-load.ts";
import type { BodyKind, LoadPlan, LoadResult } from "../support/load/plan.ts";
import { readPeakRss, readRss, sampling } from "../support/memory.ts";
import { createRuns, verifyLoad } from "../support/runs.ts";
import { type Server, startReference, startServer } from "../support/servers.ts";

const CONNECTIONS = 16;
const MIB = 1024 * 1024;

interface Shape {
  readonly name: string;
  readonly metrics: number;
  readonly steps: number;
}

const manySteps: Shape = { name: "10 metrics × 100 steps", metrics: 10, steps: 100 };
const manyMetrics: Shape = { name: "1000 metrics × 1 step", metrics: 1000, steps: 1 };

/** 1000 points a request, 16 connections, durable; each figure beside rows in MLflow's schema in the same run. */
export const ingest: Bench = {
  name: "ingest",
  summary: "points a second, 1000 a request, durable, beside a row a point",
  async run(context) {
    const figures: Figure[] = [];
    for (const shape of [manySteps, manyMetrics]) figures.push(...(await measureShape(shape, context)));
    figures.push(...(await measureWithoutSealing(context)));
    return figures;
  },
};

async function measureShape(shape: Shape, { quick, say }: BenchContext): Promise<Figure[]> {
  say(`${shape.name}: rows`);
  await using rows = await startReference("row-store.ts");
  const runs = Array.from({ length: CONNECTIONS }, (_, i) => String(i).padStart(32, "a"));
  const reference = await generateLoad(planOf(rows, shape, "log-batch", runs, quick));
  await verifyRows(rows, reference);
  await rows.stop();

  say(`${shape.name}: log-batch`);
  const json = await measureCairn(shape, "log-batch", quick);
  const lines = [
    figure(`${shape.name}: rows, JSON`, speed(reference), "points/s", { note: latency(reference) }),
    figure(`${shape.name}: log-batch, JSON`, speed(json.result), "points/s", { note: latency(json.result) }),
    ratio(`${shape.name}: log-batch ÷ rows`, speed(json.result), speed(reference), { target: { atLeast: 6 } }),
    figure(`${shape.name}: log-batch p99`, json.result.p99, "ms", {
      target: { atMost: 30 },
      note: `p50 ${json.result.p50.toFixed(1)} ms`,
    }),
    ...memoryFigures(shape, json),
  ];
  for (const body of ["columns-json", "columns-binary"] as const) {
    say(`${shape.name}: ${body}`);
    const { result } = await measureCairn(shape, body, quick);
    lines.push(
      figure(`${shape.name}: ${body}`, speed(result), "points/s", { note: latency(result) }),
      ratio(`${shape.name}: ${body} ÷ rows`, speed(result), speed(reference)),
    );
  }
  return lines;
}

interface Measured {
  readonly result: LoadResult;
  readonly peakRss: number;
  readonly startRss: number;
  /** The most that the engine said of itself. */
  readonly queue: number;
  readonly tails: number;
  readonly journal: number;
}

async function measureCairn(shape: Shape, body: BodyKind, quick: boolean): Promise<Measured> {
  await using server = await startServer();
  const runs = await createRuns(server.url, CONNECTIONS);
  const startRss = readRss(server.pid);
  const load = generateLoad(planOf(server, shape, body, runs, quick));
  const { result, samples } = await sampling(load, () => readEngine(server), 250);
  const most = (read: (engine: Engine) => number) => Math.max(...samples.map(read));
  await verifyLoad(server.url, result);
  return {
    result,
    startRss,
    peakRss: readPeakRss(server.pid),
    queue: most((engine) => engine.queued.bytes),
    tails: most((engine) => engine.tails.bytes),
    journal: most((engine) => engine.journal.bytes),
  };
}

interface Engine {
  readonly queued: { readonly bytes: number };
  readonly tails: { readonly bytes: number };
  readonly journal: { readonly bytes: number };
}

async function readEngine(server: Server): Promise<Engine> {
  return (await askJson<{ engine: Engine }>(`${server.url}/api/v1/status`)).engine;
}

function memoryFigures(shape: Shape, { startRss, peakRss, queue, tails, journal }: Measured): Figure[] {
  return [
    figure(`${shape.name}: resident memory, most`, peakRss / MIB, "MiB", {
      note: `${(startRss / MIB).toFixed(0)} before`,
    }),
    figure(`${shape.name}: queue, most`, queue / MIB, "MiB", { target: { atMost: 32 } }),
    figure(`${shape.name}: tails, most`, tails / MIB, "MiB", { target: { atMost: 64 } }),
    figure(`${shape.name}: unsealed journal, most`, journal / MIB, "MiB", { target: { atMost: 256 } }),
  ];
}

/**
 * What sealing costs in latency: the same bodies over so many runs, for so short a time, that no run becomes due for a
 * seal. It needs no switch in the server. Code is warmed first on runs of its own, which are sealed before it is measured.
 */
async function measureWithoutSealing({ quick, say }: BenchContext): Promise<Figure[]> {
  const lines: Figure[] = [];
  for (const { shape, body, runCount } of unsealed) {
    say(`without sealing: ${shape.name}, ${body}`);
    await using server = await startServer();
    const warm = await createRuns(server.url, CONNECTIONS);
    await generateLoad({ ...planOf(server, shape, body, warm, quick), seconds: 0 });
    await sealAll(server, warm);
    const runs = await createRuns(server.url, quick ? CONNECTIONS : runCount);
    const plan = { ...planOf(server, shape, body, runs, quick), warmUpSeconds: 0, seconds: 30 };
    const perConnection = runs.length / CONNECTIONS;
    // The first body of a run bears its series, which none does later.
    const first = await generateLoad({ ...plan, requestsPerConnection: perConnection });
    const requestsPerConnection = perConnection * (UNSEALED_BODIES - 1);
    const result = await generateLoad({ ...plan, requestsPerConnection, firstBody: 1 });
    await verifyLoad(server.url, bothOf(first, result));
    lines.push(
      figure(`no run due for a seal: ${shape.name}: ${body}`, speed(result), "points/s", {
        note: `${latency(result)}, ${result.requests} requests`,
      }),
    );
  }
  return lines;
}

function bothOf(a: LoadResult, b: LoadResult): Pick<LoadResult, "acknowledged"> {
  const sum = Object.entries(b.acknowledged).map(([run, points]) => [run, points + (a.acknowledged[run] ?? 0)]);
  return { acknowledged: Object.fromEntries(sum) };
}

/** Bodies a run: 100 steps each stay below the 4096 points at which a series is due. */
const UNSEALED_BODIES = 40;

/** With as many runs as stay below the caps of memory. */
const unsealed: readonly { readonly shape: Shape; readonly body: BodyKind; readonly runCount: number }[] = [
  { shape: manySteps, body: "log-batch", runCount: 48 },
  { shape: manySteps, body: "columns-binary", runCount: 48 },
  { shape: manyMetrics, body: "log-batch", runCount: 32 },
];

/** Ends the runs and waits until nothing of them is unsealed. */
async function sealAll(server: Server, runs: readonly string[]): Promise<void> {
  for (const run of runs) {
    await askJson(`${server.url}/api/v1/runs/${run}`, { method: "PATCH", body: { state: "finished" } });
  }
  while ((await readEngine(server)).journal.bytes > 0) await sleep(50);
}

function planOf(server: Server, shape: Shape, body: BodyKind, runs: readonly string[], quick: boolean): LoadPlan {
  return {
    url: server.url,
    body,
    runs,
    connections: CONNECTIONS,
    metrics: shape.metrics,
    steps: shape.steps,
    templates: 48,
    // Node compiles for the first five seconds of a load, beside what is measured.
    warmUpSeconds: quick ? 0.3 : 6,
    seconds: quick ? 1 : 8,
  };
}

async function verifyRows(rows: Server, { acknowledged }: LoadResult): Promise<void> {
  const { points } = await askJson<{ points: number }>(`${rows.url}/count`);
  const expected = Object.values(acknowledged).reduce((sum, count) => sum + count, 0);
  if (points !== expected) throw new Error(`the reference acknowledged ${expected} points and has ${points}`);
}

function speed({ points, seconds }: LoadResult): number {
  return points / seconds;
}

function latency({ p50, p99, max, refused }: LoadResult): string {
  const busy = refused === 0 ? "" : `, ${refused} × 429`;
  return `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, max ${max.toFixed(0)} ms${busy}`;
}
