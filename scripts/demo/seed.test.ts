// The demo is what people see first, and what the page is measured with: it must hold one of everything, and be the same
// whenever it is made.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "@cairn/client";
import type { Run } from "@cairn/core";
import { createChance } from "./chance.ts";
import { keepTraining } from "./keep-training.ts";
import { recipes } from "./recipes.ts";
import { seedDemo } from "./seed.ts";
import { serveFolder } from "./serve-folder.ts";
import { writeHeavy } from "./write-heavy.ts";

const root = mkdtempSync(join(tmpdir(), "cairn-demo-"));
const servers: AsyncDisposable[] = [];
const open = async (name: string): Promise<Client> => {
  const server = await serveFolder(join(root, name));
  servers.push(server);
  return createClient(server.url);
};
after(async () => {
  for (const server of servers) await server[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

const options = { runs: 120, points: 60, charts: 14, seed: 7 };
const runsOf = async (client: Client): Promise<readonly Run[]> => (await client.runs.search({ limit: 500 })).items;

describe("the demo", () => {
  let client: Client;
  let runs: readonly Run[];
  before(async () => {
    client = await open("one");
    await seedDemo(client, options);
    runs = await runsOf(client);
  });

  it("has as many trainings as asked for and one that was resumed, in every state, each with its metrics", async () => {
    assert.equal(runs.length, options.runs + 1);
    assert.deepEqual([...new Set(runs.map(({ state }) => state))].sort(), [
      "failed",
      "finished",
      "killed",
      "running",
      "scheduled",
    ]);
    for (const { state, metrics, name } of runs) {
      if (state !== "scheduled" && name !== "resumed-after-a-crash") assert.equal(metrics.length, options.charts, name);
    }
    const resumed = runs.find(({ name }) => name === "resumed-after-a-crash");
    assert.equal(resumed?.attempt, 2);
    assert.ok((await client.series.history(resumed.id, "train/loss")).superseded.some((flag) => flag === 1));
    assert.ok(runs.some(({ starred }) => starred) && runs.some(({ labels }) => labels.length > 1));
  });

  it("has what is hard to draw: NaN and Infinity", async () => {
    const lost = runs.flatMap(({ metrics }) => metrics.filter(({ latest }) => Number.isNaN(latest?.value)));
    assert.ok(lost.length > 0);
  });

  it("has models with aliases, files and a draft, and a profile of the file centre", async () => {
    const { items } = await client.models.search();
    assert.deepEqual(items.map(({ name }) => name).sort(), [
      "churn",
      "leaf-disease",
      "speech-recognizer",
      "support-tickets",
    ]);
    for (const { id, aliases, tags } of items) {
      const versions = (await client.versions.search({ models: [id] })).items;
      assert.ok(versions.some(({ state }) => state === "draft") && versions.some(({ state }) => state === "sealed"));
      assert.ok(versions.some(({ files }) => files > 5));
      assert.ok(Object.keys(aliases).length > 2 || tags["centre.key"] !== undefined);
    }
  });

  it("is the same for the same seed, but for ids and times", async () => {
    const again = await open("two");
    await seedDemo(again, options);
    const known = (all: readonly Run[]) =>
      all
        .map(({ name, state, parameters, metrics, labels }) => [
          name,
          state,
          parameters,
          labels,
          metrics.map((m) => [m.key, m.latest?.value]),
        ])
        .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
    assert.deepEqual(known(await runsOf(again)), known(runs));
  });

  it("has a heavy experiment and live trainings on demand", async () => {
    await writeHeavy(client, createChance(1), () => {}, 700);
    const heavy = (await client.runs.search({ filter: "name = 'heavy-3'" })).items[0];
    assert.equal(heavy?.metrics.length, 100);
    assert.equal(heavy.metrics[0]?.count, 700);
    const stop = new AbortController();
    const training = keepTraining(client, createChance(1), stop.signal);
    let live: readonly Run[] = [];
    while (live.length < recipes.length || live.some(({ metrics }) => metrics.length === 0)) {
      await sleep(100);
      live = (await client.runs.search({ filter: "name LIKE '%-live'" })).items;
    }
    stop.abort();
    await training;
    assert.deepEqual(
      (await client.runs.search({ filter: "name LIKE '%-live'" })).items.map(({ state }) => state),
      ["killed", "killed", "killed"],
    );
  });
});
