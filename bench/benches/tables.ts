import type { Bench } from "../support/bench.ts";
import { type Figure, figure } from "../support/figure.ts";
import { cachedFolder, copyFolder } from "../support/folders.ts";
import { askJson } from "../support/http.ts";
import { quantile } from "../support/quantile.ts";
import { seedPopulation } from "../support/seeds/seed-population.ts";
import { startServer } from "../support/servers.ts";

/** What the page's table of runs asks: windows anywhere in an order, columns, groups. */
export const tables: Bench = {
  name: "tables",
  summary: "100 k runs in a table: windows of 100 rows × 6 columns anywhere, columns, groups; over HTTP, warm",
  async run({ quick, say }) {
    const count = quick ? 6000 : 100_000;
    const rounds = quick ? 5 : 30;
    const source = await cachedFolder(`population-${count}`, (folder) => seedPopulation(folder, count, say));
    using copy = copyFolder(source);
    await using server = await startServer(copy.folder);
    const fields = ["params.lr", "params.model", "params.batch_size", "metrics.loss", "metrics.acc", "labels"];
    const window = { limit: 100, count: true, fields };
    const time = async (path: string, body: object): Promise<{ first: number; p50: number }> => {
      const times: number[] = [];
      for (let round = 0; round <= rounds; round++) {
        const started = performance.now();
        await askJson(`${server.url}/api/v1${path}`, { body });
        times.push(performance.now() - started);
      }
      const [first = 0, ...warm] = times;
      return { first, p50: quantile(warm, 0.5) };
    };
    const figures: Figure[] = [];
    const add = async (title: string, atMost: number, path: string, body: object) => {
      say(title);
      const { first, p50 } = await time(path, body);
      figures.push(figure(title, p50, "ms", { target: { atMost }, note: `the first ${first.toFixed(0)} ms` }));
    };
    for (const order of ["metrics.loss", "name", "params.lr, metrics.acc desc"]) {
      await add(`first page by ${order}`, 20, "/runs/search", { ...window, order });
      await add(`in the middle by ${order}`, 50, "/runs/search", { ...window, order, offset: count / 2 });
    }
    await add("at the end, filtered", 50, "/runs/search", {
      ...window,
      filter: "metrics.acc > 0.5",
      order: "metrics.loss",
      offset: Math.floor(count * 0.45),
    });
    await add("columns", 100, "/runs/columns", {});
    await add("groups by params.model with two metrics", 100, "/runs/groups", {
      by: "params.model",
      metrics: ["loss", "acc"],
    });
    return figures;
  },
};
