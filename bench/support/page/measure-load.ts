import { type Figure, figure } from "../figure.ts";
import type { BenchBrowser } from "./open-browser.ts";

/** What a browser that knows nothing of the page yet has to fetch of script, packed, until a screen without charts stands. */
export async function measureLoad(browser: BenchBrowser, url: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, path] of [
    ["home", "/"],
    ["an experiment's table", "/experiments/0?tab=table"],
  ] as const) {
    await using page = await browser.open();
    await page.goto(url + path);
    await page.waitForSelector("main h1");
    await page.waitForLoadState("networkidle");
    const bytes = await page.evaluate<number>(SCRIPT_BYTES);
    figures.push(figure(`first load of ${name}: script, packed`, bytes / 1000, "kB", { target: { atMost: 250 } }));
  }
  return figures;
}

/** Runs in the page. */
const SCRIPT_BYTES = `performance
  .getEntriesByType("resource")
  .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`;
