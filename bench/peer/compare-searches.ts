import { cpSync } from "node:fs";
import { type Figure, figure, ratio } from "../support/figure.ts";
import { cachedFolder, copyFolder } from "../support/folders.ts";
import { median } from "../support/quantile.ts";
import { checkPage, expectedNames, FILTER, ORDER } from "../support/search-page.ts";
import { EXPERIMENTS } from "../support/seeds/population.ts";
import { seedPopulation } from "../support/seeds/seed-population.ts";
import { startServer } from "../support/servers.ts";
import { fillPeer } from "./fill-peer.ts";
import { formatMs } from "./format-ms.ts";
import { startNull } from "./null-server.ts";
import { peerFolder, startPeer } from "./peer-server.ts";
import { type FloorTimes, runClient, type SearchTimes } from "./run-client.ts";

interface Options {
  readonly python: string;
  /** A folder in which MLflow's server has made its tables. */
  readonly template: { readonly path: string };
  readonly quick: boolean;
  say(line: string): void;
}

interface Searched extends SearchTimes {
  /** Seconds from the request to the last byte of the answer, without the client. */
  readonly direct: number;
  /** The first page as it was answered. */
  readonly page: Buffer;
}

/**
 * A search with filter, order and a page of 50, on growing populations: `runs/search` asked directly, and `search_runs` of the
 * client, whose own work is most of what is left then; and the eleventh page of all.
 */
export async function compareSearches({ python, template, quick, say }: Options): Promise<Figure[]> {
  const counts = quick ? [600, 1200] : [1000, 10_000];
  const figures: Figure[] = [];
  let last: Searched | undefined;
  for (const count of counts) {
    say(`search, ${count} runs: MLflow`);
    const theirs = await searchPeer(python, template, count);
    say(`search, ${count} runs: ours`);
    const own = await searchOurs(python, count, say);
    last = own;
    const line = (what: string, key: "direct" | "first" | "deep", target = {}) =>
      ratio(`${what}, ${count} runs: MLflow's time ÷ ours`, theirs[key], own[key], {
        ...target,
        note: `${formatMs(theirs[key])} and ${formatMs(own[key])}`,
      });
    figures.push(
      line("runs/search over HTTP", "direct", count === 10_000 ? { target: { atLeast: 20 } } : {}),
      line("search_runs", "first"),
      line("search_runs, page 11", "deep"),
    );
  }
  if (last === undefined) return figures;
  await using nobody = await startNull(last.page);
  const alone = await runClient<FloorTimes>(python, ["floor", nobody.url]);
  figures.push(figure("search_runs: the client alone, without a server's work", alone.first * 1000, "ms"));
  if (quick) return figures;
  say("search, 100000 runs: ours");
  const large = await searchOurs(python, 100_000, say);
  return [
    ...figures,
    figure("runs/search over HTTP, 100000 runs: ours", large.direct * 1000, "ms"),
    ratio("runs/search: ours at 100 k ÷ ours at 10 k", large.direct, last.direct, { target: { atMost: 2 } }),
  ];
}

async function searchPeer(python: string, template: { readonly path: string }, count: number): Promise<Searched> {
  using folder = peerFolder();
  cpSync(template.path, folder.path, { recursive: true });
  fillPeer(folder.database, count);
  await using peer = await startPeer(python, folder);
  return await search(python, peer.url, count);
}

async function searchOurs(python: string, count: number, say: (line: string) => void): Promise<Searched> {
  const source = await cachedFolder(`population-${count}`, (folder) => seedPopulation(folder, count, say));
  using copy = copyFolder(source);
  await using server = await startServer(copy.folder);
  return await search(python, server.url, count);
}

async function search(python: string, url: string, count: number): Promise<Searched> {
  const found = await runClient<SearchTimes>(python, ["search", url]);
  checkPage(
    found.names.map((name) => ({ id: "", name })),
    expectedNames(count),
  );
  const body = JSON.stringify({
    experiment_ids: Array.from({ length: EXPERIMENTS }, (_, index) => String(index + 1)),
    filter: FILTER.replace("0.1", "'0.1'"),
    order_by: [ORDER],
    max_results: 50,
  });
  const times: number[] = [];
  let page = Buffer.alloc(0);
  for (let round = 0; round < 25; round++) {
    const started = performance.now();
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}/api/2.0/mlflow/runs/search`, { method: "POST", headers, body });
    page = Buffer.from(await response.arrayBuffer());
    times.push((performance.now() - started) / 1000);
    if (!response.ok) throw new Error(`runs/search answered ${response.status}: ${page}`);
  }
  const { runs = [] } = JSON.parse(String(page)) as { runs?: { info: { run_name: string } }[] };
  if (String(runs.map(({ info }) => info.run_name)) !== String(found.names)) {
    throw new Error("runs/search and the client found different runs");
  }
  return { ...found, direct: median(times), page };
}
