import { cpSync } from "node:fs";
import { type Figure, figure, ratio } from "../support/figure.ts";
import { cachedFolder, copyFolder } from "../support/folders.ts";
import { checkPage, expectedNames } from "../support/search-page.ts";
import { seedPopulation } from "../support/seeds/seed-population.ts";
import { startServer } from "../support/servers.ts";
import { fillPeer } from "./fill-peer.ts";
import { peerFolder, startPeer } from "./peer-server.ts";
import { runClient, type SearchTimes } from "./run-client.ts";

interface Options {
  readonly python: string;
  /** A folder in which MLflow's server has made its tables. */
  readonly template: { readonly path: string };
  readonly quick: boolean;
  say(line: string): void;
}

/** `search_runs` of the client: filter, order and a page of 50, and the eleventh page of all; on growing populations. */
export async function compareSearches({ python, template, quick, say }: Options): Promise<Figure[]> {
  const counts = quick ? [600, 1200] : [1000, 10_000];
  const figures: Figure[] = [];
  let last = Number.NaN;
  for (const count of counts) {
    say(`search_runs, ${count} runs: MLflow`);
    const theirs = await searchPeer(python, template, count);
    say(`search_runs, ${count} runs: ours`);
    const own = await searchOurs(python, count, say);
    last = own.first;
    const target = count === 10_000 ? { target: { atLeast: 20 } } : {};
    const note = (a: number, b: number) => `${(a * 1000).toFixed(1)} and ${(b * 1000).toFixed(1)} ms`;
    figures.push(
      ratio(`search_runs, ${count} runs: MLflow's time ÷ ours`, theirs.first, own.first, {
        ...target,
        note: note(theirs.first, own.first),
      }),
      ratio(`search_runs, ${count} runs, page 11: MLflow's time ÷ ours`, theirs.deep, own.deep, {
        note: note(theirs.deep, own.deep),
      }),
    );
  }
  if (quick) return figures;
  say("search_runs, 100000 runs: ours");
  const large = await searchOurs(python, 100_000, say);
  return [
    ...figures,
    figure("search_runs, 100000 runs: ours", large.first * 1000, "ms"),
    ratio("search_runs: ours at 100 k ÷ ours at 10 k", large.first, last, { target: { atMost: 2 } }),
  ];
}

async function searchPeer(python: string, template: { readonly path: string }, count: number): Promise<SearchTimes> {
  using folder = peerFolder();
  cpSync(template.path, folder.path, { recursive: true });
  fillPeer(folder.database, count);
  await using peer = await startPeer(python, folder);
  return await search(python, peer.url, count);
}

async function searchOurs(python: string, count: number, say: (line: string) => void): Promise<SearchTimes> {
  const source = await cachedFolder(`population-${count}`, (folder) => seedPopulation(folder, count, say));
  using copy = copyFolder(source);
  await using server = await startServer(copy.folder);
  return await search(python, server.url, count);
}

async function search(python: string, url: string, count: number): Promise<SearchTimes> {
  const found = await runClient<SearchTimes>(python, ["search", url]);
  checkPage(
    found.names.map((name) => ({ id: "", name })),
    expectedNames(count),
  );
  return found;
}
