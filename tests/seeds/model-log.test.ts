// Seed 002, training metadata: the three steps of ModelLog, on a real server.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { promisify } from "node:util";
import { type Client, createClient } from "@cairn/client";
import { findChangedParams, listLoggedModels, ModelLog, readMetrics } from "@cairn/client/model-log";
import { freshName, refuses } from "../services/support/expect.ts";
import { type CairnProcess, startCairn } from "../support/cairn-process.ts";

let server: CairnProcess;
let client: Client;
before(async () => {
  server = await startCairn();
  client = createClient(server.url);
});
after(() => server[Symbol.asyncDispose]());

it("the seed's sample runs: three steps, and the model is there with all it was given", async () => {
  const sample = join(import.meta.dirname, "..", "..", "examples", "seeds", "model-log", "train.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [sample], {
    env: { ...process.env, CAIRN_URL: server.url },
  });
  assert.equal(stdout, "MLP is finished; best_acc 0.975 at epoch 20\n");
  const [model] = await listLoggedModels(client, { nickName: "ada", projectName: "Digits" });
  assert.ok(model);
  assert.equal(model.name, "MLP");
  assert.equal(model.remark, "two hidden layers");
  assert.equal(model.isFinish, true);
  assert.deepEqual(model.params, {
    optimizer: { lr: 0.01, momentum: 0.9 },
    network: { layers: [64, 64], activation: "relu" },
  });
  assert.deepEqual(model.bestResults, { best_acc: { value: 0.975, epoch: 20 } });
  const metrics = await readMetrics(client, model.id);
  assert.deepEqual(Object.keys(metrics).sort(), ["test_acc", "train_loss"]);
  assert.deepEqual(metrics["train_loss"]?.[2], { epoch: 3, value: 1 / 3 });
  assert.equal((await client.experiments.find("Digits"))?.description, "Which optimizer learns digits best?");
});

it("a model is there for others while it still trains", async () => {
  const projectName = freshName("project");
  const log = new ModelLog("ada", projectName, { client });
  await log.addParam({ lr: 0.1 }, "optimizer");
  const [model] = await listLoggedModels(client, { nickName: "ada", projectName });
  assert.equal(model?.state, "running");
  assert.deepEqual(model?.params, { optimizer: { lr: 0.1 } });
  await log.addMetric("loss", 1, 1);
  await log.close();
  assert.deepEqual(await readMetrics(client, model?.id ?? ""), { loss: [{ epoch: 1, value: 1 }] });
  assert.equal((await log.finishModel()).state, "finished");
});

it("parameters that come after the first metric are kept, and a type given again adds and corrects", async () => {
  const projectName = freshName("project");
  const log = new ModelLog("ada", projectName, { client });
  await log.addMetric("loss", 1, 1);
  await log.addParam({ lr: 0.1, momentum: 0.9 }, "optimizer");
  await log.addParam({ lr: 0.2, decay: 0 }, "optimizer");
  await log.finishModel();
  const [model] = await listLoggedModels(client, { nickName: "ada", projectName });
  assert.deepEqual(model?.params, { optimizer: { lr: 0.2, momentum: 0.9, decay: 0 } });
});

it("nothing is rounded, and any metric name will do", async () => {
  const projectName = freshName("project");
  const log = new ModelLog("ada", projectName, { client });
  const values = [0.1 + 0.2, 1e-12, Math.PI, Number.NaN, Number.POSITIVE_INFINITY];
  for (const [epoch, value] of values.entries()) await log.addMetric("BLEU-4 (test)", value, epoch);
  await log.addParam({ lr: 1e-12 }, "optimizer");
  await log.addBestResult("F1", 0.123456789012345, 2);
  const { id } = await log.finishModel();
  assert.deepEqual(
    (await readMetrics(client, id))["BLEU-4 (test)"]?.map(({ value }) => value),
    values,
  );
  const [model] = await listLoggedModels(client, { nickName: "ada", projectName });
  assert.equal(model?.params["optimizer"]?.["lr"], 1e-12);
  assert.equal(model?.bestResults["F1"]?.value, 0.123456789012345);
});

it("a value given again for an epoch takes the place of the first, smaller or greater; so does a best result", async () => {
  const log = new ModelLog("ada", freshName("project"), { client });
  for (const value of [5, 1, 3, 2]) log.addMetric("loss", value, 1);
  log.addMetric("loss", 9, 2);
  await log.addBestResult("best_loss", 1, 7);
  await log.addBestResult("best_loss", 2, 1);
  const run = await log.finishModel();
  assert.deepEqual((await readMetrics(client, run.id))["loss"], [
    { epoch: 1, value: 2 },
    { epoch: 2, value: 9 },
  ]);
  const models = await listLoggedModels(client, { nickName: "ada", projectName: log.projectName });
  assert.deepEqual(models[0]?.bestResults, { best_loss: { value: 2, epoch: 1 } });
});

it("an apostrophe in any name or value is harmless", async () => {
  const projectName = `O'Hara's; DROP TABLE runs -- ${freshName("project")}`;
  const log = new ModelLog("d'Artagnan", projectName, { client, projectRemark: "it's" });
  await log.addModelName("a'b");
  await log.addModelRemark("'; --");
  await log.addParam({ "l'r": "'" }, "ty'pe");
  await log.addMetric("lo'ss", 1, 1);
  await log.addBestResult("be'st", 1, 1);
  await log.finishModel();
  const [model] = await listLoggedModels(client, { nickName: "d'Artagnan", projectName });
  assert.equal(model?.name, "a'b");
  assert.equal(model?.remark, "'; --");
  assert.deepEqual(model?.params, { "ty'pe": { "l'r": "'" } });
  assert.deepEqual(model?.bestResults, { "be'st": { value: 1, epoch: 1 } });
});

it("models without a name are numbered, a name that is taken gets a number behind it", async () => {
  const projectName = freshName("project");
  const names: string[] = [];
  for (const name of [undefined, undefined, "A", "A", "A"]) {
    const log = new ModelLog("ada", projectName, { client });
    if (name !== undefined) await log.addModelName(name);
    await log.addMetric("loss", 1, 1);
    names.push((await log.finishModel()).name);
  }
  assert.deepEqual(names, [`${projectName}_1`, `${projectName}_2`, "A", "A_1", "A_2"]);
  const late = new ModelLog("ada", projectName, { client });
  await late.addMetric("loss", 1, 1);
  await late.addModelName("A");
  assert.equal((await late.finishModel()).name, "A_3");
});

it("a nickname sees its own models only", async () => {
  const projectName = freshName("project");
  for (const nickName of ["ada", "bob", "ada"]) {
    const log = new ModelLog(nickName, projectName, { client });
    await log.addMetric("loss", 1, 1);
    await log.finishModel();
  }
  const count = async (nickName: string) => (await listLoggedModels(client, { nickName, projectName })).length;
  assert.deepEqual([await count("ada"), await count("bob"), await count("eve")], [2, 1, 0]);
  assert.deepEqual(await listLoggedModels(client, { nickName: "ada", projectName: "nowhere" }), []);
});

it("hyper-parameters that changed between trainings are found, model by model", async () => {
  const projectName = freshName("project");
  for (const lr of [0.1, 0.1, 0.2]) {
    const log = new ModelLog("ada", projectName, { client });
    await log.addParam({ lr, momentum: 0.9 }, "optimizer");
    await log.finishModel();
  }
  const models = await listLoggedModels(client, { nickName: "ada", projectName });
  assert.deepEqual(findChangedParams(models), [{ type: "optimizer", name: "lr", changed: [false, false, true] }]);
});

it("bad input is refused in the field's words, and nothing of it is kept", async () => {
  await refuses("invalid", async () => new ModelLog("", "p", { client }), /nickname/);
  await refuses("invalid", async () => new ModelLog("ada", 3 as never, { client }), /project's name/);
  const projectName = freshName("project");
  const log = new ModelLog("ada", projectName, { client });
  await refuses("invalid", () => log.addMetric("", 1, 1), /metric's name/);
  await refuses("invalid", () => log.addMetric("loss", 1, 1.5), /epoch is a whole number, not 1.5/);
  await refuses("invalid", () => log.addParam({ lr: 1 }, ""), /parameter's type/);
  await refuses("invalid", () => log.addParam([1] as never, "optimizer"), /object of names and values/);
  for (const [bad, text] of [
    [{ act: () => 1 }, /parameter 'act' is or holds a function/],
    [{ a: { b: new Map() } }, /parameter 'a' is or holds a Map/],
    [{ ok: 1, list: [Number.NaN] }, /NaN cannot stand inside a list/],
    [{ "": 1 }, /parameter's name/],
  ] as const)
    await refuses("invalid", () => log.addParam(bad as never, "optimizer"), text);
  await refuses("invalid", () => log.addModelName(7 as never), /model's name/);
  assert.equal(await client.experiments.find(projectName), undefined);
  await refuses("invalid", () => log.addMetric("loss", "0.1" as never, 1), /must be a number/);
  const run = await log.finishModel();
  await refuses("invalid", () => log.addMetric("loss", 1, 1), /finished/);
  assert.deepEqual(await readMetrics(client, run.id), {});
});
