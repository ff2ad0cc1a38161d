import type { Page } from "playwright-core";
import type { BenchContext } from "../bench.ts";
import { type Figure, figure } from "../figure.ts";
import { cachedFolder, copyFolder } from "../folders.ts";
import { median } from "../quantile.ts";
import { type ChartShape, seedCharts } from "../seeds/seed-charts.ts";
import { startServer } from "../servers.ts";
import type { BenchBrowser } from "./open-browser.ts";
import { scrollFigures, scrollFrames, scrollPlainPage } from "./scroll.ts";

const GRID = "section[aria-label=Charts] > div:last-child";
/** Px in a frame: 1440 px a second, which passes a row of charts six times a second. */
const STEP = 24;

/** An experiment's page of charts: until the first ones are drawn, how it scrolls, and what it keeps in memory. */
export async function measureCharts(browser: BenchBrowser, { quick, say }: BenchContext): Promise<Figure[]> {
  const shape: ChartShape = quick
    ? { runs: 20, metrics: 30, length: 1000 }
    : { runs: 20, metrics: 100, length: 100_000 };
  const { runs, metrics, length } = shape;
  const source = await cachedFolder(`charts-${runs}x${metrics}x${length}`, (folder) => seedCharts(folder, shape, say));
  using copy = copyFolder(source);
  await using server = await startServer(copy.folder);
  const name = `${metrics} charts × ${runs} runs × ${length / 1000} k points`;
  const path = `/experiments/0?tab=charts&first=${runs}`;
  say(`${name}: opening`);
  await using page = await browser.open();
  const loads: number[] = [];
  const moves: { readonly first: number; readonly all: number }[] = [];
  for (let round = 0; round < (quick ? 2 : 7); round++) {
    await page.goto("about:blank");
    // As a link is opened: the load shall not share the processor with the end of the page before.
    await page.waitForTimeout(500);
    await page.goto(server.url + path, { waitUntil: "commit" });
    loads.push((await page.evaluate<{ first: number }>(`(${UNTIL_DRAWN})(0)`)).first);
    await page.goto(`${server.url}/models`);
    await page.waitForSelector("main h1");
    await page.waitForTimeout(500);
    moves.push(await page.evaluate(`(${MOVE})(${JSON.stringify(path)})`));
    await page.waitForTimeout(1000);
  }
  say(`${name}: scrolling`);
  const frames = await scrollFrames(page, GRID, STEP);
  await page.waitForTimeout(1000);
  const heap = await heapOf(page);
  const canvases = await page.locator("canvas").count();
  const plain = await scrollPlainPage(page, 2000, 8, STEP);
  const first = moves.map((move) => move.first);
  return [
    figure(`${name}: first chart, from another screen`, median(first), "ms", {
      target: { atMost: 1000 },
      note: `first ${(first[0] ?? 0).toFixed(0)} ms; all in sight ${median(moves.map(({ all }) => all)).toFixed(0)} ms`,
    }),
    figure(`${name}: first chart, page loaded anew`, median(loads), "ms", {
      target: { atMost: 1000 },
      note: `first ${(loads[0] ?? 0).toFixed(0)} ms`,
    }),
    ...scrollFigures(name, STEP, frames, plain),
    figure(`${name}: memory of the page's script`, heap / 2 ** 20, "MiB", {
      note: `${canvases} charts exist, the others are places`,
    }),
  ];
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

// What follows runs in the page.

/** When the first chart has points, and when all in sight have, in ms after `since`. */
const UNTIL_DRAWN = `async (since) => {
  const until = (look) =>
    new Promise((resolve) => {
      const turn = () => (look() ? resolve(performance.now() - since) : requestAnimationFrame(turn));
      turn();
    });
  const isDrawn = (figure) => /\\d points/.test(figure.textContent);
  const first = await until(() => [...document.querySelectorAll("figure")].some(isDrawn));
  const all = await until(() =>
    [...document.querySelectorAll("figure")]
      .filter((figure) => figure.getBoundingClientRect().top < innerHeight)
      .every(isDrawn),
  );
  return { first, all };
}`;

const MOVE = `(address) => {
  const started = performance.now();
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  return (${UNTIL_DRAWN})(started);
}`;
