import type { Bench } from "../support/bench.ts";
import { buildEav, searchEav } from "../support/eav.ts";
import { figure, ratio } from "../support/figure.ts";
import { cachedFolder, copyFolder } from "../support/folders.ts";
import { askJson } from "../support/http.ts";
import { generateLoad } from "../support/load/generate-load.ts";
import { median } from "../support/quantile.ts";
import { verifyLoad } from "../support/runs.ts";
import { askPage, checkPage, expectedNames, FILTER, ORDER, timePage } from "../support/search-page.ts";
import { memberAt } from "../support/seeds/population.ts";
import { seedPopulation } from "../support/seeds/seed-population.ts";
import { startServer } from "../support/servers.ts";

const LOGGING = 10;

/** Filter, order and first page over many runs, while some of them log. */
export const search: Bench = {
  name: "search",
  summary: "100 k runs × 20 parameters × 20 metrics, filter + order + page, while 10 runs log",
  async run({ quick, say }) {
    const counts = quick ? { small: 600, large: 6000 } : { small: 10_000, large: 100_000 };
    const rounds = quick ? 10 : 100;
    const far = quick ? 10 : 100;
    const small = await measure(counts.small, { rounds, far, say });
    const large = await measure(counts.large, { rounds, far, say });
    say(`MLflow's tables, ${counts.large} runs`);
    const rows = await cachedFolder(`eav-${counts.large}`, async (folder) => buildEav(folder, counts.large));
    const reference = searchEav(rows, Math.max(3, rounds / 10));
    checkPage(
      reference.names.map((name) => ({ id: "", name })),
      expectedNames(counts.large),
    );
    const sql = median(reference.times);
    const name = `${counts.large / 1000} k runs`;
    return [
      figure(`${name}: first use after a start`, large.first, "ms"),
      figure(`${name}: quiet, warm`, large.quiet.p50, "ms", { note: `p99 ${large.quiet.p99.toFixed(1)} ms` }),
      figure(`${name}: while ${LOGGING} runs log, warm`, large.busy.p50, "ms", {
        target: { atMost: 20 },
        note: `p99 ${large.busy.p99.toFixed(1)} ms`,
      }),
      figure(`${name}: each of the first ${far - 1} pages, met for the first time`, large.fresh, "ms"),
      figure(`${name}: page 1, no filter`, large.pageOne.p50, "ms"),
      figure(`${name}: page ${far}, no filter`, large.pageFar.p50, "ms"),
      ratio(`${name}: page ${far} ÷ page 1`, large.pageFar.p50, large.pageOne.p50, { target: { atMost: 1.5 } }),
      figure(`${counts.small / 1000} k runs: while ${LOGGING} runs log, warm`, small.busy.p50, "ms"),
      ratio(`${counts.large / 1000} k ÷ ${counts.small / 1000} k runs`, large.busy.p50, small.busy.p50, {
        target: { atMost: 2 },
      }),
      figure(`${name}: SQL on MLflow's tables, in process`, sql, "ms"),
      ratio(`${name}: SQL ÷ ours over HTTP`, sql, large.quiet.p50),
    ];
  },
};

interface Asking {
  readonly rounds: number;
  /** The number of the far page. */
  readonly far: number;
  say(line: string): void;
}

async function measure(count: number, { rounds, far, say }: Asking) {
  const source = await cachedFolder(`population-${count}`, (folder) => seedPopulation(folder, count, say));
  using copy = copyFolder(source);
  await using server = await startServer(copy.folder);
  const { url } = server;
  const expected = expectedNames(count);
  const body = { filter: FILTER, order: ORDER };

  say(`${count} runs: quiet`);
  const first = await askPage(url, body);
  checkPage(first.items, expected);
  await timePage(url, body, 5);
  const quiet = await timePage(url, body, rounds);

  const { cursor, fresh } = await walk(url, far - 1);
  await timePage(url, { order: ORDER, cursor }, 5);
  const pageOne = await timePage(url, { order: ORDER }, rounds);
  const pageFar = await timePage(url, { order: ORDER, cursor }, rounds);

  say(`${count} runs: while ${LOGGING} log`);
  const runs: string[] = [];
  for (let index = 0; index < LOGGING; index++) {
    const { id } = await askJson<{ id: string }>(`${url}/api/v1/runs`, {
      body: { name: `logging-${index}`, parameters: [{ key: "lr", value: 0.1 }] },
    });
    runs.push(id);
  }
  const load = generateLoad({
    url,
    body: "log-batch",
    runs,
    connections: LOGGING,
    metrics: 20,
    steps: 1,
    keys: Object.keys(memberAt(0).metrics),
    templates: 64,
    warmUpSeconds: 0,
    seconds: 2 + rounds * 0.04,
    pauseMs: 20,
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  checkPage((await askPage(url, body)).items, expected);
  const busy = await timePage(url, body, rounds);
  const logged = await load;
  await verifyLoad(url, logged);
  return { first: first.ms, fresh, quiet, busy, pageOne, pageFar };
}

/** The cursor behind page number `pages`, and the median time of those on the way, in ms. Each run must come once. */
async function walk(url: string, pages: number): Promise<{ cursor: string; fresh: number }> {
  const seen = new Set<string>();
  const times: number[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pages; page++) {
    const { items, next, ms } = await askPage(url, { order: ORDER, ...(cursor === undefined ? {} : { cursor }) });
    times.push(ms);
    for (const { id } of items) {
      if (seen.has(id)) throw new Error(`run ${id} is on two pages`);
      seen.add(id);
    }
    if (next === null) throw new Error(`there are only ${page + 1} pages`);
    cursor = next;
  }
  return { cursor: cursor ?? "", fresh: median(times) };
}
