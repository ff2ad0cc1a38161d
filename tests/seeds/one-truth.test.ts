// One run, many words: what any facade logs is what every other one reads. Each writer leaves a run in the same experiment;
// each reader must find all of them, with the same numbers.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Client, createClient } from "@cairn/client";
import { getAggregatesCollection } from "@cairn/client/aggregates";
import { openModelManager } from "@cairn/client/keras";
import { ModelLog, readMetrics } from "@cairn/client/model-log";
import { startRun } from "@cairn/client/node";
import { openProject } from "@cairn/client/rorodata";
import { ModelTracker } from "@cairn/client/tracker";
import { type CairnProcess, startCairn } from "../support/cairn-process.ts";

const EXPERIMENT = "one truth";

describe("a run logged by one facade", () => {
  let server: CairnProcess;
  let client: Client;
  /** Run ids by who logged them: each has the metric `loss` with the values 0.5 and then 0.25. */
  const written = new Map<string, string>();

  before(async () => {
    server = await startCairn();
    client = createClient(server.url);
    const { id: experiment } = await client.experiments.create({ name: EXPERIMENT });

    const run = await startRun(client, { experiment: EXPERIMENT, name: "plain" });
    for (const [step, loss] of [0.5, 0.25].entries()) run.log({ loss }, { step: step + 1 });
    await run.finish();
    written.set("the client", run.id);

    const log = new ModelLog("ada", EXPERIMENT, { client });
    await log.addModelName("logged");
    for (const [at, loss] of [0.5, 0.25].entries()) await log.addMetric("loss", loss, at + 1);
    written.set("ModelLog", (await log.finishModel()).id);

    const aggregate = await (await getAggregatesCollection(EXPERIMENT, { client })).create({ id: "aggregate" });
    for (const [at, value] of [0.5, 0.25].entries())
      await aggregate.metrics.add({ name: "loss", value, epoch: at + 1 });
    const [made] = (await client.runs.search({ experiments: [experiment], order: "created desc", limit: 1 })).items;
    await client.runs.update(made?.id ?? "", { state: "finished" });
    written.set("aggregates", made?.id ?? "");

    const info = { experiment_id: String(experiment), run_name: "wire" };
    const { run: created } = (await post("runs/create", info)) as { run: { info: { run_id: string } } };
    const id = created.info.run_id;
    const metrics = [0.5, 0.25].map((value, at) => ({ key: "loss", value, timestamp: 1000 + at, step: at + 1 }));
    await post("runs/log-batch", { run_id: id, metrics });
    await post("runs/update", { run_id: id, status: "FINISHED" });
    written.set("MLflow's wire", id);
    assert.equal(new Set(written.values()).size, 4);
  });
  after(() => server[Symbol.asyncDispose]());

  async function post(path: string, body: object): Promise<unknown> {
    const response = await fetch(`${server.url}/api/2.0/mlflow/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 200, await response.clone().text());
    return response.json();
  }

  const readers: Readonly<Record<string, (id: string) => Promise<readonly number[]>>> = {
    "the client": async (id) => [...(await client.series.history(id, "loss")).values],
    ModelLog: async (id) => ((await readMetrics(client, id))["loss"] ?? []).map(({ value }) => value),
    "the Keras manager": async (id) => {
      const manager = openModelManager({ server: server.url, experiment: EXPERIMENT });
      const record = (await manager.objects.all()).find((each) => each.id === id);
      assert.ok(record, "the record is not there");
      return (await manager.getHistory(record))?.["loss"]?.map(Number) ?? [];
    },
    aggregates: async (id) => {
      const aggregates = await getAggregatesCollection(EXPERIMENT, { client });
      const { name } = await client.runs.get(id);
      const found = (await aggregates.list()).find((each) => each.id === name || each.id === id);
      assert.ok(found, "the aggregate is not there");
      return (await found.metrics.list()).map(({ value }) => Number(value));
    },
    "MLflow's wire": async (id) => {
      const answer = await fetch(`${server.url}/api/2.0/mlflow/metrics/get-history?run_id=${id}&metric_key=loss`);
      const { metrics } = (await answer.json()) as { metrics: { value: number; step: number }[] };
      return metrics.sort((a, b) => a.step - b.step).map(({ value }) => value);
    },
  };
  for (const [reader, read] of Object.entries(readers)) {
    it(`is read by ${reader} with the same points, whoever logged it`, async () => {
      for (const [writer, id] of written) assert.deepEqual(await read(id), [0.5, 0.25], `logged by ${writer}`);
    });
  }

  it("is a row of the tracker's table, with its last value", async () => {
    const tracker = new ModelTracker();
    await tracker.importExistingSqlTracker({ client, experiment: EXPERIMENT });
    assert.equal(tracker.rows.length, 4);
    assert.deepEqual(
      tracker.rows.map((row) => row["loss"]),
      [0.25, 0.25, 0.25, 0.25],
    );
  });

  it("may be named as the source of an image, which MLflow's registry then serves as the same version", async () => {
    const project = await openProject(client);
    const repository = await project.createModelRepository("one-truth");
    const image = repository.newModelImage(new TextEncoder().encode("weights"));
    await image.save({ comment: "from a run", run: written.get("the client") ?? "" });
    const answer = await fetch(`${server.url}/api/2.0/mlflow/model-versions/get?name=one-truth&version=1`);
    const { model_version } = (await answer.json()) as { model_version: { run_id: string; description: string } };
    assert.equal(model_version.run_id, written.get("the client"));
    assert.equal(model_version.description, "from a run");
  });
});
