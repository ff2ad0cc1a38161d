import type { Bench } from "../support/bench.ts";
import { type Figure, figure, ratio } from "../support/figure.ts";
import { cachedFolder, copyFolder } from "../support/folders.ts";
import { askJson } from "../support/http.ts";
import { generateLoad } from "../support/load/generate-load.ts";
import { median } from "../support/quantile.ts";
import { createRuns, listSeries, verifyLoad } from "../support/runs.ts";
import { FILTER, ORDER, timePage } from "../support/search-page.ts";
import { seedPopulation } from "../support/seeds/seed-population.ts";
import { startServer } from "../support/servers.ts";

interface Costs {
  readonly search: number;
  readonly runPage: number;
  readonly ingest: number;
}

/** The same work in a folder with ten times the runs and ten times the points. */
export const growth: Bench = {
  name: "growth",
  summary: "search page, run page and ingest at 10 × the runs and points",
  async run({ quick, say }) {
    const counts = quick ? ([600, 6000] as const) : ([10_000, 100_000] as const);
    const [small, large] = [await measure(counts[0], quick, say), await measure(counts[1], quick, say)];
    const figures: Figure[] = [];
    const target = { target: { atMost: 2 } };
    for (const [what, unit] of [
      ["search", "ms"],
      ["runPage", "ms"],
      ["ingest", "points/s"],
    ] as const) {
      const title = { search: "search page", runPage: "page of a run with 10 series", ingest: "ingest, log-batch" }[
        what
      ];
      figures.push(
        figure(`${title}: ${counts[0]} runs`, small[what], unit),
        figure(`${title}: ${counts[1]} runs`, large[what], unit),
        // The cost of one thing: its time, or the time of a point.
        unit === "ms"
          ? ratio(`${title}: cost × at 10 ×`, large[what], small[what], target)
          : ratio(`${title}: cost × at 10 ×`, small[what], large[what], target),
      );
    }
    return figures;
  },
};

async function measure(count: number, quick: boolean, say: (line: string) => void): Promise<Costs> {
  const source = await cachedFolder(`population-${count}`, (folder) => seedPopulation(folder, count, say));
  using copy = copyFolder(source);
  await using server = await startServer(copy.folder);
  const { url } = server;
  const rounds = quick ? 10 : 100;
  say(`${count} runs: pages`);
  await timePage(url, { filter: FILTER, order: ORDER }, 10);
  const { p50: search } = await timePage(url, { filter: FILTER, order: ORDER }, rounds);
  const runPage = await timeRunPage(url, rounds);
  say(`${count} runs: ingest`);
  const runs = await createRuns(url, 16);
  const result = await generateLoad({
    url,
    body: "log-batch",
    runs,
    connections: 16,
    metrics: 10,
    steps: 100,
    templates: 48,
    warmUpSeconds: quick ? 0.3 : 2,
    seconds: quick ? 1 : 5,
  });
  await verifyLoad(url, result);
  return { search, runPage, ingest: result.points / result.seconds };
}

/** What a page about one run asks for: the run, its series, and a chart of each. */
async function timeRunPage(url: string, rounds: number): Promise<number> {
  const { items } = await askJson<{ items: { id: string }[] }>(`${url}/api/v1/runs/search`, {
    body: { filter: "name = 'bench-0'", limit: 1 },
  });
  const run = items[0]?.id ?? "";
  const times: number[] = [];
  for (let round = -5; round < rounds; round++) {
    const started = performance.now();
    await askJson(`${url}/api/v1/runs/${run}`);
    const series = (await listSeries(url, run)).map(({ key }) => ({ run, key }));
    const response = await fetch(`${url}/api/v1/series/buckets`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/x-cairn-columns" },
      body: JSON.stringify({ series, buckets: 500 }),
    });
    await response.arrayBuffer();
    if (!response.ok || series.length !== 10) throw new Error(`${response.status}, ${series.length} series`);
    if (round >= 0) times.push(performance.now() - started);
  }
  return median(times);
}
