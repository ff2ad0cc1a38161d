// Takes the pictures of docs/guide from a demo world on a server of its own: `npm run screenshots`.
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "@cairn/client";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium, NO_CHROMIUM } from "../tests/support/chromium.ts";
import { createChance } from "./demo/chance.ts";
import { keepTraining } from "./demo/keep-training.ts";
import { createProgressLine } from "./demo/progress-line.ts";
import { recipes } from "./demo/recipes.ts";
import { seedDemo } from "./demo/seed.ts";
import { serveFolder } from "./demo/serve-folder.ts";

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly colorScheme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
  /** Resolves when what the picture is of is drawn. */
  ready(page: Page): Promise<unknown>;
}

const images = join(import.meta.dirname, "..", "docs", "guide", "images");
const PHONE = { width: 390, height: 844 };
/** A clone is not for pictures. */
const MOST_BYTES = 200_000;
/** Trainings under way have some curve to show by then. */
const TRAINING_MS = 20_000;

/** What the guide shows, of what the demo put there. */
async function planPictures(client: Client): Promise<readonly Picture[]> {
  const experiment = await client.experiments.find(recipes[0]?.experiment ?? "");
  if (experiment === undefined) throw new Error("The demo has no experiment.");
  const search = { experiments: [experiment.id], filter: "state = 'finished'", limit: 4 };
  const best = (await client.runs.search({ ...search, order: 'metrics."val/accuracy" desc' })).items;
  const [first] = best;
  const [model] = (await client.models.search({ limit: 50 })).items.filter(
    ({ aliases }) => Object.keys(aliases).length,
  );
  if (first === undefined || model === undefined) throw new Error("The demo has no run or no model.");
  const charts = (page: Page) =>
    page
      .getByText(/[\d,]+ points/)
      .first()
      .waitFor();
  return [
    { name: "experiment", path: `/experiments/${experiment.id}?split=52&first=6`, ready: charts },
    { name: "run", path: `/runs/${first.id}?tab=charts`, colorScheme: "dark", ready: charts },
    {
      name: "compare",
      path: `/compare?runs=${best.map(({ id }) => id).join(",")}`,
      height: 1000,
      ready: (page) => page.getByText("★").first().waitFor(),
    },
    { name: "model", path: `/models/${model.name}`, ready: (page) => page.getByText("champion").first().waitFor() },
    { name: "phone", path: "/", ...PHONE, ready: (page) => page.getByText("-live").first().waitFor() },
  ];
}

async function take(browser: Browser, url: string, picture: Picture): Promise<void> {
  const { name, path, colorScheme = "light", width = 1280, height = 720 } = picture;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale: "en-US",
    timezoneId: "UTC",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(url + path);
  await picture.ready(page);
  // The charts below the first are drawn one after the other.
  await sleep(1500);
  const file = join(images, `${name}.png`);
  await page.screenshot({ path: file });
  await context.close();
  const { size } = statSync(file);
  process.stdout.write(`${relative(process.cwd(), file)}  ${Math.round(size / 1000)} kB\n`);
  if (size > MOST_BYTES) throw new Error(`${file} is larger than ${MOST_BYTES / 1000} kB.`);
}

const program = findChromium();
if (program === undefined) throw new Error(NO_CHROMIUM);
mkdirSync(images, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), "cairn-pictures-"));
const stop = new AbortController();
try {
  await using server = await serveFolder(folder);
  const client = createClient(server.url);
  await seedDemo(client, { runs: 60, points: 150, charts: 0, seed: 1 }, createProgressLine("runs"));
  const training = keepTraining(client, createChance(1), stop.signal);
  const browser = await chromium.launch({
    executablePath: program,
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    await sleep(TRAINING_MS);
    for (const picture of await planPictures(client)) await take(browser, server.url, picture);
  } finally {
    await browser.close();
    stop.abort();
    await training;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
