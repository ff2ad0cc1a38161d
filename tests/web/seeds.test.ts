// What the seeds' own pages showed or were to show, and that a run is on every screen whichever facade logged it.
// The rows are docs/design/seeds.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { createClient } from "@cairn/client";
import { getAggregatesCollection } from "@cairn/client/aggregates";
import { ModelFile } from "@cairn/client/centre";
import { openModelManager } from "@cairn/client/keras";
import { ModelLog } from "@cairn/client/model-log";
import { startRun } from "@cairn/client/node";
import { openProject } from "@cairn/client/rorodata";
import { ModelExperimentBase, serverTracker } from "@cairn/client/tracker";
import type { Page } from "playwright-core";
import { browserWorld, type Visit } from "../support/browser.ts";

const DIGITS = "Digits";
const TRUTH = "one truth";
/** Who logged it → the run, each with the metric `loss`, whose last value is 0.25. */
const written = new Map<string, string>();

async function fill(url: string): Promise<void> {
  for (const [name, lr, best] of [
    ["MLP", 0.01, 0.9],
    ["CNN", 0.1, 0.975],
  ] as const) {
    const log = new ModelLog("ada", DIGITS, { client: createClient(url) });
    await log.addModelName(name);
    await log.addParam({ lr, momentum: 0.9 }, "optimizer");
    for (let epoch = 1; epoch <= 5; epoch++) {
      await log.addMetric("train_loss", lr / epoch, epoch);
      await log.addMetric("test_acc", best - 0.5 / epoch, epoch);
    }
    await log.addBestResult("best_acc", best, 5);
    await log.finishModel();
  }
  await logByEach(url);
}

async function logByEach(url: string): Promise<void> {
  const client = createClient(url);
  const { id: experiment } = await client.experiments.create({ name: TRUTH });
  const byName = async (name: string) => {
    const { items } = await client.runs.search({ experiments: [experiment], filter: `name = '${name}'` });
    return items[0]?.id ?? assert.fail(`${name} is not there`);
  };
  const plain = await startRun(client, { experiment: TRUTH, name: "by-client" });
  plain.log({ loss: 0.25 });
  await plain.finish();
  written.set("by-client", plain.id);

  const log = new ModelLog("ada", TRUTH, { client });
  await log.addModelName("by-model-log");
  await log.addMetric("loss", 0.25, 1);
  written.set("by-model-log", (await log.finishModel()).id);

  const aggregate = await (await getAggregatesCollection(TRUTH, { client })).create({ id: "by-aggregates" });
  await aggregate.metrics.add({ name: "loss", value: 0.25, epoch: 1 });
  written.set("by-aggregates", await byName("by-aggregates"));

  const tracker = serverTracker(client, TRUTH);
  await new Quick("by-tracker", { existingTrackerPath: tracker, forceColumns: true, warn: () => {} }).runExperiment();
  written.set("by-tracker", await byName("by-tracker"));

  const ask = async (path: string, body: object) => {
    const headers = { "content-type": "application/json" };
    const options = { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await fetch(`${url}/api/2.0/mlflow/${path}`, options);
    assert.equal(answer.status, 200);
    return answer.json();
  };
  const made = await ask("runs/create", { experiment_id: String(experiment), run_name: "by-mlflow" });
  const id = (made as { run: { info: { run_id: string } } }).run.info.run_id;
  await ask("runs/log-metric", { run_id: id, key: "loss", value: 0.25, timestamp: 1000, step: 1 });
  await ask("runs/update", { run_id: id, status: "FINISHED" });
  written.set("by-mlflow", id);

  // A record of the Keras manager is any run: it marks them and gives them words.
  const manager = openModelManager({ server: url, experiment: TRUTH });
  const record = await manager.objects.get(plain.id);
  await record.addTags(["from-keras"]);
  await record.addNote("noted by the manager");
}

/** The tracker's smallest experiment. */
class Quick extends ModelExperimentBase {
  override async preprocessingSteps() {}
  override async preprocessingDebug() {}
  override async trainModel() {}
  override async evaluateModel() {
    this.run?.log({ loss: 0.25 }, { step: 1 });
  }
}

const world = browserWorld({ fill });
const client = () => createClient(world.cairn.url);
const idOf = async (name: string) => (await client().experiments.find(name))?.id ?? assert.fail(`no ${name}`);
const rowOf = (page: Page, name: string) =>
  page
    .getByRole("grid", { name: /Runs|All runs/ })
    .getByRole("row")
    .filter({ hasText: name });
const openModels = async (visit: Visit, more = "") => visit.open(`/experiments/${await idOf(DIGITS)}?tab=table${more}`);

describe("ModelLog's models", () => {
  it("stand in a table with their grouped parameters and best results, by which it sorts", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    const columns = encodeURIComponent("name,params.optimizer/lr,metrics.best/best_acc");
    await openModels(visit, `&columns=${columns}&order=${encodeURIComponent('metrics."best/best_acc" desc')}`);
    await rowOf(page, "CNN").getByText("0.975").waitFor();
    await rowOf(page, "MLP").getByText("0.01").waitFor();
    const names = await page.getByRole("grid").locator("[data-row] a").allTextContents();
    assert.deepEqual(names, ["CNN", "MLP"]);
  });

  it("are compared, and the parameters that changed are marked", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await openModels(visit);
    await rowOf(page, "CNN").waitFor();
    for (const name of ["MLP", "CNN"]) await rowOf(page, name).getByRole("checkbox").check();
    await page.getByText("2 selected").waitFor();
    await page.keyboard.press("c");
    await page.waitForURL(/\/compare\?/);
    const lr = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "optimizer/lr" }) });
    await lr.getByText("differs from the baseline").first().waitFor({ state: "attached" });
    assert.equal(await page.getByRole("rowheader", { name: "optimizer/momentum" }).count(), 0);
  });

  it("have a line for each metric, whose value at an epoch is read out", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/experiments/${await idOf(DIGITS)}?tab=charts`);
    await page.getByRole("figure", { name: "acc", exact: true }).getByText("10 points").waitFor();
    const plot = page.getByRole("slider", { name: "Chart of acc", exact: true });
    await plot.focus();
    await page.keyboard.press("End");
    const text = (await plot.getAttribute("aria-valuetext")) ?? "";
    for (const part of [/^(Step|Epoch) 5: /, /MLP/, /CNN/, /0\.875/]) assert.match(text, part);
  });

  it("are found by themselves while they train, and finished by hand", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/");
    const log = new ModelLog("ada", DIGITS, { client: client() });
    await log.addModelName("forgotten");
    await log.addMetric("train_loss", 1, 1);
    await log.close();
    await page.getByRole("link", { name: "forgotten" }).first().click();
    await page.getByRole("button", { name: "Finish" }).click();
    await page.getByRole("dialog", { name: "Finish forgotten?" }).getByRole("button", { name: "Finish" }).click();
    await page.getByText("forgotten is finished now").waitFor();
    const { items } = await client().runs.search({ filter: "name = 'forgotten'" });
    assert.deepEqual(
      items.map(({ state }) => state),
      ["finished"],
    );
  });
});

describe("the Keras manager's models", () => {
  it("stand in a live table with their tags, and their notes on their page", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open(`/experiments/${await idOf(TRUTH)}?tab=table&columns=name,labels`);
    await rowOf(page, "by-client").getByText("from-keras").waitFor();
    const { objects } = openModelManager({ server: world.cairn.url, experiment: TRUTH });
    await (await objects.get(written.get("by-model-log") ?? "")).addTags(["while-you-watch"]);
    await rowOf(page, "by-model-log").getByText("while-you-watch").waitFor();
    await rowOf(page, "by-client").getByRole("link", { name: "by-client" }).click();
    await page.getByText("noted by the manager").waitFor();
  });

  it("are compared laterally: a chart for each metric, or for each model", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    const { items } = await client().runs.search({ experiments: [await idOf(DIGITS)], filter: "name != 'forgotten'" });
    await visit.open(`/compare?runs=${items.map(({ id }) => id).join(",")}&tab=charts`);
    await page.getByRole("figure", { name: "acc", exact: true }).waitFor();
    const run = { name: "run", exact: true };
    await page.getByRole("button", run).or(page.getByRole("radio", run)).click();
    await page.getByRole("heading", { level: 2, name: "MLP" }).waitFor();
    await page.getByRole("heading", { level: 2, name: "CNN" }).waitFor();
  });
});

describe("the file centre's pipe", () => {
  it("has a page that lists what was imported", world.needs, async () => {
    const work = mkdtempSync(join(tmpdir(), "cairn-pipe-"));
    try {
      writeFileSync(join(work, "train.py"), "print('hello')");
      const file = new ModelFile({ modelName: "piped", version: "first", centerPath: world.cairn.url });
      await (await file.filepipe()).importFile(join(work, "train.py"), { subdir: "code" });
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/files");
    await page.getByRole("link", { name: "piped" }).first().click();
    await page.getByRole("button", { name: /^code/ }).click();
    await page.getByRole("link", { name: "train.py" }).waitFor();
  });
});

describe("Rorodata's repository", () => {
  it("has a page with its images, their metadata, comment and tags", world.needs, async () => {
    const project = openProject(client(), "default", { author: "ada" });
    const repository = await project.createModelRepository("credit-risk");
    const image = repository.newModelImage(new TextEncoder().encode("weights"));
    image.set("Accuracy", 0.89);
    await image.save({ comment: "Built with the data till June 2017" });
    await repository.addTag("production", 1);
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/models");
    await page.getByRole("link", { name: "credit-risk" }).first().click();
    for (const text of ["production", "Built with the data till June 2017", "0.89", "ada"]) {
      await page.getByText(text).first().waitFor();
    }
  });
});

describe("a run logged by any facade", () => {
  it("stands in the experiment's table with its last value", world.needs, async () => {
    await using visit = await world.visit();
    await visit.open(`/experiments/${await idOf(TRUTH)}?tab=table&columns=name,metrics.loss`);
    for (const name of written.keys()) await rowOf(visit.page, name).getByText("0.25").waitFor();
  });

  it("stands in the tracker, and has a page with its chart", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    await visit.open("/tracker?columns=name,metrics.loss");
    for (const name of written.keys()) await rowOf(page, name).getByText("0.25").waitFor();
    for (const [name, id] of written) {
      await visit.open(`/runs/${id}?tab=charts`);
      await page.getByRole("heading", { level: 1, name }).waitFor();
      await page.getByRole("slider", { name: "Chart of loss", exact: true }).waitFor();
    }
  });
});

describe("the links that clients print", () => {
  it("open the run, the experiment, the model and the version", world.needs, async () => {
    await using visit = await world.visit();
    const { page } = visit;
    const experiment = await idOf(TRUTH);
    const handle = await startRun(client(), { experiment: TRUTH, name: "with a link" });
    await handle.finish();
    const linked = client();
    const { id: model } = await linked.models.create({ name: "linked" });
    await linked.versions.create(model, {});
    for (const [link, path, title] of [
      [handle.url.slice(visit.url.length), `/runs/${handle.id}`, "with a link"],
      [`/#/experiments/${experiment}/runs/${handle.id}`, `/runs/${handle.id}`, "with a link"],
      [`/#/experiments/${experiment}`, `/experiments/${experiment}`, TRUTH],
      ["/#/models/linked", "/models/linked", "linked"],
      ["/#/models/linked/versions/1", "/models/linked/versions/1", "linked"],
    ] as const) {
      // The same document with another hash loads nothing anew.
      await page.goto("about:blank");
      await visit.open(link);
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      assert.equal(new URL(page.url()).pathname, path);
    }
  });
});
