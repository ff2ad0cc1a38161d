// Fills a server with a believable world to look at: `npm run seed-demo -- --runs 10000`.
import { parseArgs } from "node:util";
import { createClient } from "@cairn/client";
import { createChance } from "./demo/chance.ts";
import { keepTraining } from "./demo/keep-training.ts";
import { createProgressLine } from "./demo/progress-line.ts";
import { seedDemo } from "./demo/seed.ts";
import { serveFolder } from "./demo/serve-folder.ts";
import { writeHeavy } from "./demo/write-heavy.ts";

const HELP = `npm run seed-demo -- [options]

  --url URL        the server to fill (http://127.0.0.1:4600)
  --data-dir DIR   a folder to fill instead; no server may have it open
  --runs N         trainings (300)
  --points N       points of each curve (120)
  --charts N       metrics of each training, at least its own
  --seed N         another number, another world (1)
  --heavy          also an experiment of 20 runs × 100 metrics × --heavy-points (100000) points
  --live           then keep three trainings running until Ctrl-C
`;

const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:4600" },
    "data-dir": { type: "string" },
    runs: { type: "string", default: "300" },
    points: { type: "string", default: "120" },
    charts: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    heavy: { type: "boolean", default: false },
    "heavy-points": { type: "string", default: "100000" },
    live: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

const wholeOf = (name: "runs" | "points" | "charts" | "seed" | "heavy-points"): number => {
  const text = values[name];
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`--${name} is a whole number, not '${text}'.`);
};

async function main(): Promise<void> {
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const folder = values["data-dir"];
  await using server = folder === undefined ? undefined : await serveFolder(folder);
  const client = createClient(server?.url ?? values.url);
  const seed = wholeOf("seed");
  const options = { runs: wholeOf("runs"), points: wholeOf("points"), charts: wholeOf("charts"), seed };
  await seedDemo(client, options, createProgressLine("runs"));
  if (values.heavy) await writeHeavy(client, createChance(seed), createProgressLine("points"), wholeOf("heavy-points"));
  if (values.live) {
    const stop = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
    process.stderr.write(`Three trainings go on at ${client.url}. Stop them with Ctrl-C.\n`);
    await keepTraining(client, createChance(Date.now()), stop.signal);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`seed-demo: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
