// Seed 004: experiments and aggregates with their CRUD, lazy metrics and iterations, storages of one's own. Every scenario
// runs on a real server and on the example's JSON file: what the ports promise holds for both.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { type Client, createClient } from "@cairn/client";
import {
  Dataset,
  getAggregatesCollection,
  getExperiment,
  getExperimentsCollection,
  hashOf,
  Iteration,
  Metric,
  Module,
  type Storage,
  serverStorage,
} from "@cairn/client/aggregates";
import { ModelLog } from "@cairn/client/model-log";
import { jsonFileStorage } from "../../examples/seeds/aggregates/json-file-storage.ts";
import { freshName, refuses } from "../services/support/expect.ts";
import { type CairnProcess, startCairn } from "../support/cairn-process.ts";

let server: CairnProcess;
let client: Client;
let folder: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "cairn-aggregates-"));
  server = await startCairn();
  client = createClient(server.url);
});
after(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const perceptron = { type: "model", hash: "1234", name: "Perceptron", parameters: { input: 784, output: 10 } };

it("the seed's sample runs", async () => {
  const sample = join(import.meta.dirname, "..", "..", "examples", "seeds", "aggregates", "perceptron.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [sample], {
    env: { ...process.env, CAIRN_URL: server.url },
  });
  const lines = ["1 1 Perceptron", "train accuracy 0.98", "evaluation accuracy 0.95", "MNIST CrossEntropyLoss SGD"];
  assert.equal(stdout, `${lines.join("\n")}\n`);
});

const storages: Readonly<Record<string, () => Storage>> = {
  "the server": () => serverStorage(client),
  "one JSON file": () => jsonFileStorage(join(folder, "database.json")),
};

for (const [title, open] of Object.entries(storages)) {
  describe(`kept by ${title}`, () => {
    it("experiments are created, read, renamed, listed and deleted, and getExperiment reads or creates", async () => {
      const storage = open();
      const experiments = getExperimentsCollection({ storage });
      const [name, other, third] = [freshName("experiment"), freshName("it's"), freshName("third")];
      const made = await experiments.create(name);
      assert.deepEqual(await experiments.read(name), made);
      await refuses("conflict", () => experiments.create(name));
      assert.deepEqual(await getExperiment(name, { storage }), made);
      const second = await getExperiment(other, { storage });
      assert.deepEqual(await getExperiment(other, { storage }), second);
      await refuses("conflict", () => experiments.update({ ...second, name }));
      second.name = third;
      assert.deepEqual(await experiments.update(second), second);
      assert.equal(await experiments.read(other), undefined);
      const names = (await experiments.list()).map((one) => one.name);
      assert.deepEqual([names.includes(name), names.includes(other), names.includes(third)], [true, false, true]);
      await experiments.delete(name);
      await experiments.delete("never there");
      assert.equal(await experiments.read(name), undefined);
      assert.deepEqual(await experiments.read(third), second);
      await refuses("invalid", () => experiments.create(" "), /experiment's name/);
    });

    it("aggregates are created, read, changed, listed and removed, under the seed's verbs and the origin's", async () => {
      const aggregates = await getAggregatesCollection(freshName("experiment"), { storage: open() });
      assert.deepEqual(await aggregates.list(), []);
      const made = await aggregates.create({ id: 1, modules: [perceptron] });
      assert.deepEqual([made.id, made.epochs, made.modules], ["1", 0, [perceptron]]);
      await refuses("conflict", () => aggregates.create({ id: "1" }), /Aggregate with id 1 already exists/);
      made.epochs = 3;
      await aggregates.update(made);
      assert.equal((await aggregates.read("1"))?.epochs, 3);
      assert.equal((await aggregates.patch("1", 4)).epochs, 4);
      assert.equal((await aggregates.put({ id: "1", epochs: 5 })).epochs, 5);
      const again = await aggregates.get(1);
      assert.deepEqual([again?.epochs, again?.modules], [5, [perceptron]]);
      const second = await aggregates.put({ id: "it's", epochs: 2, modules: [] });
      assert.deepEqual(
        (await aggregates.list()).map(({ id }) => id),
        ["1", "it's"],
      );
      await second.metrics.add({ name: "loss", value: 1, epoch: 1 });
      await aggregates.remove(second);
      await aggregates.delete("never there");
      assert.deepEqual(
        (await aggregates.list()).map(({ id }) => id),
        ["1"],
      );
      assert.equal(await aggregates.read("it's"), undefined);
      assert.deepEqual(await (await aggregates.create({ id: "it's" })).metrics.list(), []);
      await refuses("not_found", () => aggregates.patch("9", 1), /no aggregate with id 9/);
      await refuses(
        "not_found",
        () => aggregates.update({ id: "9", epochs: 1, modules: [] }),
        /no aggregate with id 9/,
      );
      for (const bad of [{ id: "" }, { id: "x", epochs: -1 }, { id: "x", modules: [{ type: "model" } as never] }]) {
        await refuses("invalid", () => aggregates.create(bad));
      }
      assert.equal(await aggregates.read("x"), undefined);
    });

    it("metrics come back as they were added and in that order, equal ones as often as they were given", async () => {
      const aggregates = await getAggregatesCollection(freshName("experiment"), { storage: open() });
      const { metrics } = await aggregates.create({ id: "1" });
      const given = [
        Metric({ name: "loss", value: 0.5, epoch: 2, phase: "train" }),
        Metric({ name: "loss", value: 0.1 + 0.2, epoch: 1, phase: "train", batch: 7 }),
        Metric({ name: "loss", value: 0.5, epoch: 2, phase: "train" }),
        Metric({ name: "accuracy", value: 1, epoch: 1, phase: "warm up" }),
        Metric({
          name: "confusion",
          value: [
            [1, 0],
            [0, 1],
          ],
          epoch: 1,
          phase: "evaluation",
        }),
        Metric({ name: "a/b", value: 3 }),
        Metric({ name: "verdict", value: "it's good" }),
        Metric({ name: "a/b", value: 2 }),
      ];
      for (const metric of given) await metrics.add(metric);
      assert.deepEqual(await metrics.list(), given);
      const reread = (await aggregates.read("1"))?.metrics;
      assert.deepEqual(await reread?.list("loss"), given.slice(0, 3));
      await metrics.clear();
      assert.deepEqual(await metrics.list(), []);
      await metrics.add({ name: "loss", value: 1, step: 4 });
      assert.deepEqual(await metrics.list(), [Metric({ name: "loss", value: 1, epoch: 4 })]);
      await refuses("invalid", () => metrics.add({ name: "", value: 1 }), /metric's name/);
      await refuses("invalid", () => metrics.add({ name: "loss", value: 1, epoch: 0.5 }), /whole number/);
      await refuses("invalid", () => metrics.add({ name: "loss" } as never), /no value/);
    });

    it("iterations are put by their hash, with dataset, loader and modules", async () => {
      const aggregates = await getAggregatesCollection(freshName("experiment"), { storage: open() });
      const { iterations } = await aggregates.create({ id: "1" });
      const train = {
        phase: "train",
        dataset: { name: "MNIST", arguments: { train: true } },
        arguments: { batch_size: 32, shuffle: true },
        modules: [{ type: "optimizer", name: "SGD", parameters: { lr: 0.01 } }],
      };
      await iterations.put({ ...train, epoch: 1 });
      await iterations.put({ phase: "evaluation", epoch: 1 });
      await iterations.put({ ...train, epoch: 2 });
      assert.deepEqual(await iterations.list(), [
        Iteration({ ...train, epoch: 2 }),
        Iteration({ phase: "evaluation", epoch: 1 }),
      ]);
      await iterations.clear();
      assert.deepEqual(await iterations.list(), []);
      await refuses("invalid", () => iterations.put({ dataset: { name: "" } }), /dataset's name/);
    });

    it("the same aggregate id in two experiments does not mix", async () => {
      const storage = open();
      const first = await getAggregatesCollection(freshName("experiment"), { storage });
      const second = await getAggregatesCollection(freshName("experiment"), { storage });
      const [a, b] = [await first.create({ id: "1", modules: [perceptron] }), await second.create({ id: "1" })];
      await a.metrics.add({ name: "loss", value: 1, epoch: 1 });
      await b.metrics.add({ name: "loss", value: 2, epoch: 1 });
      await a.iterations.put({ hash: "same", phase: "train" });
      await b.iterations.put({ hash: "same", phase: "evaluation" });
      const [left, right] = [await first.read("1"), await second.read("1")];
      assert.deepEqual(
        (await left?.metrics.list())?.map(({ value }) => value),
        [1],
      );
      assert.deepEqual(
        (await right?.metrics.list())?.map(({ value }) => value),
        [2],
      );
      assert.deepEqual(
        (await left?.iterations.list())?.map(({ phase }) => phase),
        ["train"],
      );
      await second.remove(b);
      assert.deepEqual((await left?.metrics.list())?.length, 1);
      assert.deepEqual(left?.modules, [perceptron]);
      assert.equal(await second.read("1"), undefined);
    });
  });
}

it("reading an aggregate asks for no metric and no iteration, until they are asked for", async () => {
  const asked: string[] = [];
  const watched = createClient(server.url, {
    fetch: async (url, init) => {
      asked.push(new URL(url).pathname);
      return fetch(url, init);
    },
  });
  const aggregates = await getAggregatesCollection(freshName("experiment"), { client: watched });
  const made = await aggregates.create({ id: "1", modules: [perceptron] });
  await made.metrics.add({ name: "loss", value: 1, epoch: 1, phase: "train" });
  await made.iterations.put({ phase: "train", epoch: 1 });
  const isLazy = (path: string) => /series|points|iterations/.test(path);
  asked.length = 0;
  const aggregate = await aggregates.read("1");
  await aggregates.list();
  assert.ok(asked.length > 0);
  assert.deepEqual(asked.filter(isLazy), []);
  assert.equal((await aggregate?.metrics.list())?.length, 1);
  assert.ok(asked.some((path) => path.includes("series")));
  assert.ok(!asked.some((path) => path.includes("iterations")));
  assert.equal((await aggregate?.iterations.list())?.length, 1);
  assert.ok(asked.some((path) => path.includes("iterations")));
});

it("a module is known by the hash of its name and parameters, in whatever order they stand", () => {
  const hash = (name: string, parameters: Record<string, number>) => Module({ type: "model", name, parameters }).hash;
  assert.equal(hash("MLP", { a: 1, b: 2 }), hash("MLP", { b: 2, a: 1 }));
  const others = [hash("MLP", { a: 1, b: 3 }), hash("MLP2", { a: 1, b: 2 }), hash("MLP", {})];
  assert.equal(new Set([hash("MLP", { a: 1, b: 2 }), ...others]).size, 4);
  assert.match(others[0] ?? "", /^[0-9a-f]{64}$/);
  assert.equal(Module({ ...perceptron }).hash, "1234");
  const words = [{ parameters: { a: 1 } }, { arguments: { a: 1 } }, { attributes: { a: 1 } }];
  assert.equal(new Set(words.map((word) => Module({ type: "model", name: "M", ...word }).hash)).size, 1);
  assert.notEqual(Dataset({ name: "a" }).hash, Dataset({ name: "b" }).hash);
});

// They were dropped or became null on their way, so that a module came back with another hash than it had.
it("values that JSON would lose are refused, and those that it can say otherwise come back so", async () => {
  const parameters = { at: new Date(0), big: 2n ** 60n, weights: new Float32Array([0.5]), none: undefined } as never;
  const aggregates = await getAggregatesCollection("plain values", { client });
  const made = await aggregates.create({ id: "1", modules: [{ type: "model", name: "M", parameters }] });
  const [module] = (await aggregates.read("1"))?.modules ?? [];
  assert.deepEqual(module, made.modules[0]);
  assert.deepEqual(module?.parameters, {
    at: "1970-01-01T00:00:00.000Z",
    big: "1152921504606846976",
    weights: [0.5],
    none: null,
  });
  assert.equal(module?.hash, hashOf("M", module?.parameters ?? {}));
  for (const [bad, text] of [
    [{ loss: () => 1 }, /parameters: 'loss' is or holds a function/],
    [{ a: { b: [new Map()] } }, /parameters: 'a' is or holds a Map/],
    [{ clip: Number.POSITIVE_INFINITY }, /Infinity cannot stand inside a list or an object; give it as a text/],
    [[1], /module's parameters is an object of names and values/],
  ] as const)
    await refuses("invalid", async () => Module({ type: "model", name: "M", parameters: bad as never }), text);
  await refuses(
    "invalid",
    () => made.metrics.add({ name: "x", value: (() => 1) as never }),
    /metric 'x' is or holds a func/,
  );
  assert.deepEqual(await made.metrics.list(), []);
});

it("a port for aggregates alone is taken as well", async () => {
  const storage = jsonFileStorage(join(folder, "alone.json"));
  const experiment = await getExperiment("default", { storage });
  const aggregates = await getAggregatesCollection(undefined, { storage: storage.aggregates(experiment) });
  await aggregates.create({ id: "1", modules: [perceptron] });
  assert.deepEqual(
    (await aggregates.list()).map(({ id }) => id),
    ["1"],
  );
});

it("a run that another facade logged is an aggregate, and an aggregate is a run for all", async () => {
  const name = freshName("shared");
  const log = new ModelLog("ada", name, { client });
  await log.addModelName("theirs");
  await log.addMetric("train_loss", 0.5, 1);
  await log.finishModel();
  const aggregates = await getAggregatesCollection(name, { client });
  const theirs = await aggregates.read("theirs");
  assert.deepEqual(await theirs?.metrics.list(), [Metric({ name: "train_loss", value: 0.5, epoch: 1 })]);
  const ours = await aggregates.create({ id: "ours" });
  await ours.metrics.add({ name: "loss", value: 0.25, epoch: 3, phase: "train" });
  const { items } = await client.runs.search({ filter: "name = 'ours' AND metrics.\"train/loss\" = 0.25" });
  assert.equal(items[0]?.metrics[0]?.latest?.step, 3);
});
