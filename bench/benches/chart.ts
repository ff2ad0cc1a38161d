import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeBucketsColumns } from "@cairn/contract";
import type { SeriesBuckets } from "@cairn/core";
import type { Bench } from "../support/bench.ts";
import { type Figure, figure, ratio } from "../support/figure.ts";
import { cachedFolder, copyFolder } from "../support/folders.ts";
import { quantile } from "../support/quantile.ts";
import { readSteps } from "../support/runs.ts";
import { LONG_KEY, longValues, seedLongSeries } from "../support/seeds/seed-long-series.ts";
import { startServer } from "../support/servers.ts";

const CHECKED = [0, 1, 2];

/** A hundred series of a million points each as one chart, over HTTP. */
export const chart: Bench = {
  name: "chart",
  summary: "100 series × 1 M points → about 1000 buckets each, over HTTP",
  async run({ quick, say }) {
    const shape = quick ? { runs: 10, length: 100_000 } : { runs: 100, length: 1_000_000 };
    const source = await cachedFolder(`chart-${shape.runs}x${shape.length}`, async (folder) => {
      writeFileSync(join(folder, "ids.json"), JSON.stringify(await seedLongSeries(folder, shape, say)));
    });
    using copy = copyFolder(source);
    const ids = JSON.parse(readFileSync(join(copy.folder, "ids.json"), "utf8")) as string[];
    await using server = await startServer(copy.folder);
    const series = ids.map((run) => ({ run, key: LONG_KEY }));
    const name = `${shape.runs} × ${shape.length / 1000} k points`;
    const rounds = quick ? 5 : 40;

    const first = await askBuckets(server.url, { series });
    const charts = decodeBucketsColumns(first.bytes);
    for (const index of CHECKED) checkChart(charts[index], longValues(index, shape.length), 0);
    say("whole range, binary");
    const whole = await repeat(rounds, () => askBuckets(server.url, { series }));
    const from = Math.floor(shape.length * 0.37);
    const to = Math.floor(shape.length * 0.71);
    say("a third of the range");
    const zoomed = await repeat(rounds, () => askBuckets(server.url, { series, from, to }));
    const zoomedCharts = decodeBucketsColumns(zoomed.last.bytes);
    for (const index of CHECKED)
      checkChart(zoomedCharts[index], longValues(index, shape.length).slice(from, to + 1), from);
    say("JSON");
    const json = await repeat(Math.ceil(rounds / 4), () => askBuckets(server.url, { series }, "application/json"));
    say("all points of some series");
    const all = await readAll(server.url, ids.slice(0, quick ? 2 : 5), shape.length);
    const allOfThem = (all * shape.runs) / (quick ? 2 : 5);

    const buckets = charts.reduce((sum, { counts }) => sum + counts.length, 0) / charts.length;
    const target = { target: { atMost: 50 } };
    const size = `${(first.bytes.length / 1e6).toFixed(1)} MB, ${buckets.toFixed(0)} rows a series`;
    const figures: Figure[] = [
      figure(`${name}: first use`, first.ms, "ms"),
      figure(`${name}: binary columns, warm`, whole.p50, "ms", {
        ...target,
        note: `p99 ${whole.p99.toFixed(0)} ms, ${size}`,
      }),
      figure(`${name}: 34 % of the range, ends anywhere`, zoomed.p50, "ms", {
        note: `p99 ${zoomed.p99.toFixed(0)} ms`,
      }),
      figure(`${name}: JSON`, json.p50, "ms", { note: `${(json.last.bytes.length / 1e6).toFixed(1)} MB` }),
      figure(`${name}: every point, by history`, allOfThem, "ms", { note: "from a few series, scaled" }),
      ratio(`${name}: every point ÷ buckets`, allOfThem, whole.p50),
    ];
    return figures;
  },
};

interface Answer {
  readonly ms: number;
  readonly bytes: Uint8Array;
}

async function askBuckets(url: string, body: object, accept = "application/x-cairn-columns"): Promise<Answer> {
  const started = performance.now();
  const response = await fetch(`${url}/api/v1/series/buckets`, {
    method: "POST",
    headers: { "content-type": "application/json", accept },
    body: JSON.stringify({ ...body, buckets: 1000 }),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!response.ok) throw new Error(`${response.status}: ${new TextDecoder().decode(bytes)}`);
  return { ms: performance.now() - started, bytes };
}

async function repeat(rounds: number, ask: () => Promise<Answer>) {
  const times: number[] = [];
  let last = await ask();
  for (let round = 0; round < rounds; round++) {
    last = await ask();
    times.push(last.ms);
  }
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), last };
}

async function readAll(url: string, ids: readonly string[], length: number): Promise<number> {
  const started = performance.now();
  for (const id of ids) {
    const steps = await readSteps(url, id, LONG_KEY);
    if (steps.length !== length) throw new Error(`history of ${id} has ${steps.length} of ${length} points`);
  }
  return performance.now() - started;
}

/** Each point lies in exactly one row, and each row says the truth about its points. Steps are first, first+1 … */
function checkChart(chart: SeriesBuckets | undefined, values: Float64Array, first: number): void {
  if (chart === undefined) throw new Error("a chart is missing");
  let next = first;
  const order = [...chart.counts.keys()].sort((a, b) => (chart.minSteps[a] ?? 0) - (chart.minSteps[b] ?? 0));
  for (const row of order) {
    const from = chart.minSteps[row] ?? Number.NaN;
    const to = chart.maxSteps[row] ?? Number.NaN;
    if (from !== next) throw new Error(`a row begins at step ${from}, where ${next} is next`);
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    let sum = 0;
    for (let step = from; step <= to; step++) {
      const value = values[step - first] ?? Number.NaN;
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
    }
    const says = [chart.mins[row], chart.maxs[row], chart.counts[row]];
    if (says[0] !== min || says[1] !== max || says[2] !== to - from + 1) {
      throw new Error(`steps ${from} … ${to}: the chart says ${says}, the points ${[min, max, to - from + 1]}`);
    }
    if (Math.abs((chart.sums[row] ?? 0) - sum) > 1e-6 * Math.abs(sum))
      throw new Error(`the sum of ${from} … ${to} is off`);
    next = to + 1;
  }
  if (next !== first + values.length || chart.points !== values.length) {
    throw new Error(`a chart ends before step ${next} and speaks of ${chart.points} points, of ${values.length}`);
  }
}
