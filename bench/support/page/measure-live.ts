import type { BenchContext } from "../bench.ts";
import { type Figure, figure } from "../figure.ts";
import { createRuns } from "../runs.ts";
import { logColumns } from "../seeds/write-series.ts";
import { startServer } from "../servers.ts";
import type { BenchBrowser } from "./open-browser.ts";

const RUNS = 20;
const METRICS = ["loss", "accuracy"];
/** Ten points a second of each run. */
const GAP_MS = (1000 * METRICS.length) / 10;

/** What a page of charts costs while the runs that it shows are training. */
export async function measureLive(browser: BenchBrowser, { quick, say }: BenchContext): Promise<Figure[]> {
  await using server = await startServer();
  const ids = await createRuns(server.url, RUNS);
  say(`live: ${RUNS} runs`);
  const seconds = quick ? 5 : 20;
  await using page = await browser.open();
  let isOver = false;
  let logged = 0;
  const training = (async () => {
    for (let step = 0; !isOver; step++) {
      const started = performance.now();
      await Promise.all(ids.map((id, index) => logStep(server.url, id, index, step)));
      logged += ids.length * METRICS.length;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, GAP_MS - (performance.now() - started))));
    }
  })();
  try {
    await page.goto(`${server.url}/experiments/0?tab=charts&first=${RUNS}`);
    await page.waitForSelector("figure canvas");
    await page.waitForTimeout(4000);
    const shownBefore = await shownPoints();
    const [before, started, count] = [await browser.cpu(), performance.now(), logged];
    await page.waitForTimeout(seconds * 1000);
    const after = await browser.cpu();
    const wall = (performance.now() - started) / 1000;
    if ((await shownPoints()) <= shownBefore) throw new Error("the charts did not grow");
    const share = (kind: string) => (100 * ((after[kind] ?? 0) - (before[kind] ?? 0))) / wall;
    const rate = ((logged - count) / wall).toFixed(0);
    return [
      figure(`live, ${RUNS} runs × 10 points/s: the page`, share("renderer"), "% of a core", {
        target: { atMost: 20 },
        note: `${rate} points/s arrived; the browser draws on the processor besides: ${share("GPU").toFixed(0)} %`,
      }),
    ];
  } finally {
    isOver = true;
    await training;
  }

  async function shownPoints(): Promise<number> {
    const texts = await page.locator("figure p").allInnerTexts();
    return Math.max(0, ...texts.map((text) => Number(/([\d,]+) points/.exec(text)?.[1]?.replaceAll(",", "") ?? 0)));
  }
}

async function logStep(url: string, run: string, index: number, step: number): Promise<void> {
  const fall = Math.exp(-step / 400) + 0.05 * Math.random() + index / 40;
  await logColumns(url, run, {
    keys: METRICS,
    counts: METRICS.map(() => 1),
    steps: Float64Array.from(METRICS, () => step),
    times: Float64Array.from(METRICS, () => Date.now()),
    values: Float64Array.from([fall, 1 - fall / 2]),
  });
}
