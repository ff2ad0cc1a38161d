import type { BenchContext } from "../bench.ts";
import { type Figure, figure } from "../figure.ts";
import { cachedFolder, copyFolder } from "../folders.ts";
import { median } from "../quantile.ts";
import { seedPopulation } from "../seeds/seed-population.ts";
import { startServer } from "../servers.ts";
import type { BenchBrowser } from "./open-browser.ts";
import { scrollFigures, scrollFrames, scrollPlainPage } from "./scroll.ts";

const GRID = "[role=grid]";
const FIRST_ROWS = `${GRID} [data-row='3'] a`;
/** Px in a frame: a fast turn of the wheel, 3600 px a second. */
const STEP = 60;

/** An experiment's table of runs: until it shows rows, and how it scrolls. */
export async function measureTable(
  browser: BenchBrowser,
  count: number,
  { quick, say }: BenchContext,
): Promise<Figure[]> {
  const source = await cachedFolder(`table-${count}`, (folder) => seedPopulation(folder, count, say, 1));
  using copy = copyFolder(source);
  await using server = await startServer(copy.folder);
  const name = `${count / 1000} k runs`;
  const address = `${server.url}/experiments/1?tab=table`;
  say(`${name}: opening`);
  await using page = await browser.open();
  const loads: number[] = [];
  const moves: number[] = [];
  for (let round = 0; round < (quick ? 2 : 7); round++) {
    await page.goto("about:blank");
    await page.goto(address, { waitUntil: "commit" });
    await page.waitForSelector(FIRST_ROWS);
    loads.push(await page.evaluate(() => performance.now()));
    await page.goto(`${server.url}/models`);
    await page.waitForSelector("main h1");
    moves.push(await page.evaluate<number>(`(${MOVE})("/experiments/1?tab=table", ${JSON.stringify(FIRST_ROWS)})`));
  }
  say(`${name}: scrolling`);
  await page.goto(address);
  await page.waitForSelector(FIRST_ROWS);
  await page.waitForTimeout(1500);
  const frames = await scrollFrames(page, GRID, STEP);
  await page.evaluate(`document.querySelector("${GRID}").scrollTop = 1e9`);
  const started = Date.now();
  await page.waitForSelector(`${GRID} [data-row='${count - 1}'] a`);
  const end = Date.now() - started;
  const columns = await page.locator(`${GRID} [role=columnheader]`).count();
  const plain = await scrollPlainPage(page, 2000, columns, STEP);
  const isPromised = count <= 10_000;
  return [
    figure(`table of ${name}: rows, from another screen`, median(moves), "ms", {
      ...(isPromised ? { target: { atMost: 500 } } : {}),
      note: `first ${(moves[0] ?? 0).toFixed(0)} ms`,
    }),
    figure(`table of ${name}: rows, page loaded anew`, median(loads), "ms", {
      note: `first ${(loads[0] ?? 0).toFixed(0)} ms`,
    }),
    figure(`table of ${name}: the last row, from the first`, end, "ms"),
    ...scrollFigures(`table of ${name}`, STEP, frames, plain),
  ];
}

/** Runs in the page: goes to another screen without loading, and waits for its rows. */
const MOVE = `async (address, rows) => {
  const started = performance.now();
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  await new Promise((resolve) => {
    const look = () => (document.querySelector(rows) === null ? requestAnimationFrame(look) : resolve());
    look();
  });
  return performance.now() - started;
}`;
