// test-timeout: 300 s
// The seeds' facades and MLflow's own Python client over one record: what either logs is what the other reads.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Client, createClient } from "@cairn/client";
import { ModelFile } from "@cairn/client/centre";
import { type KModel, type ModelManager, openModelManager } from "@cairn/client/keras";
import { openProject } from "@cairn/client/rorodata";
import { ModelTracker } from "@cairn/client/tracker";
import { type CairnProcess, startCairn } from "../support/cairn-process.ts";
import { spawnCommand } from "../support/command.ts";
import { pythonEnv } from "../support/python.ts";
import { buildLine, loadTensorFlow } from "./support/tfjs.ts";

const EXPERIMENT = "it's one truth";
const MODEL = "line 'n' more";

/** Prints, as one line of JSON, what MLflow's client reads; logs a run and registers a version as its users do. */
const script = `
import json, sys, tempfile, os
import mlflow
from mlflow import MlflowClient

experiment, model, keras_run = sys.argv[1:]
client = MlflowClient()
told = {}

run = client.get_run(keras_run)
told["state"] = run.info.status
told["name"] = run.info.run_name
told["loss"] = [[m.step, m.value] for m in client.get_metric_history(keras_run, "loss")]
told["last"] = run.data.metrics["loss"]
told["files"] = sorted(f.path for f in client.list_artifacts(keras_run, "model"))
with tempfile.TemporaryDirectory() as folder:
    path = client.download_artifacts(keras_run, "model/model.json", folder)
    told["topology"] = json.load(open(path))["modelTopology"] is not None

version = client.get_model_version_by_alias(model, "production")
told["version"] = [version.version, version.run_id, version.description]

found = client.get_experiment_by_name(experiment)
rows = mlflow.search_runs([found.experiment_id], filter_string="attributes.run_name = 'row'")
told["row"] = [rows["metrics.accuracy"][0], rows["params.note"][0], rows["status"][0]]

mlflow.set_experiment(experiment)
with mlflow.start_run(run_name="from python") as started:
    mlflow.log_params({"lr": 0.1, "optimizer": "it's adam"})
    for step, value in enumerate([0.5, 0.25, float("nan")]):
        mlflow.log_metric("loss", value, step=step)
        mlflow.log_metric("val_loss", 2 * value, step=step)
    mlflow.log_text("weights", "model/weights.txt")
told["run"] = started.info.run_id
made = client.create_model_version(model, f"runs:/{started.info.run_id}/model", started.info.run_id, description="by python")
client.set_registered_model_alias(model, "candidate", made.version)
told["made"] = int(made.version)
print(json.dumps(told))
`;

interface Told {
  readonly state: string;
  readonly name: string;
  readonly loss: readonly (readonly [number, number])[];
  readonly last: number;
  readonly files: readonly string[];
  readonly topology: boolean;
  readonly version: readonly [string, string, string];
  readonly row: readonly [number, string, string];
  readonly run: string;
  readonly made: number;
}

describe("beside MLflow's Python client", async () => {
  const tf = await loadTensorFlow();
  const { python } = await pythonEnv();
  let server: CairnProcess;
  let client: Client;
  let manager: ModelManager;
  let record: KModel;
  let told: Told;

  before(async () => {
    server = await startCairn();
    client = createClient(server.url);
    manager = openModelManager({ server: client, experiment: EXPERIMENT, tf: tf as never });
    const recorder = new manager.RecorderCallback({ name: "a line", tags: ["first"] });
    const { model, x, y } = buildLine(tf);
    await model.fit(x, y, { epochs: 3, verbose: 0, callbacks: recorder });
    record = await recorder.kmodel;
    const repo = await openProject(client).createModelRepository(MODEL);
    await repo.newModelImage({ bias: 1 }, { Accuracy: 0.5 }).save({ comment: "by rorodata", run: record.id });
    await repo.addTag("production", 1);
    const tracker = new ModelTracker();
    tracker.updateTrackerWDict({ model_name: "row", accuracy: 0.75, note: "a, \"b\" and 'c'" });
    await tracker.trackerToSql({ client, experiment: EXPERIMENT });
    told = await runPython();
  });
  after(() => server[Symbol.asyncDispose]());

  async function runPython(): Promise<Told> {
    const env = { MLFLOW_TRACKING_URI: server.url, PYTHONDONTWRITEBYTECODE: "1" };
    const command = [python, "-", EXPERIMENT, MODEL, record.id];
    const { status, stdout, stderr } = await spawnCommand(command, { cwd: tmpdir(), env, input: script }).ended;
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Told;
  }

  it("a model that Keras' callback recorded is a run with its points and its files", async () => {
    const history = await manager.getHistory(record);
    assert.equal(history?.["loss"]?.length, 3);
    assert.deepEqual(
      told.loss,
      history["loss"].map((value, step) => [step, value]),
    );
    assert.deepEqual([told.state, told.name, told.last], ["FINISHED", "a line", record.loss]);
    assert.deepEqual([told.files, told.topology], [["model/model.json", "model/weights.bin"], true]);
  });

  it("an image of rorodata is a version with its run, under its tag", () => {
    assert.deepEqual(told.version, ["1", record.id, "by rorodata"]);
  });

  it("a row of the tracker is a finished run with metrics and parameters", () => {
    assert.deepEqual(told.row, [0.75, "a, \"b\" and 'c'", "FINISHED"]);
  });

  it("a run that it logged is a record with its history for the Keras manager, beside those of the callback", async () => {
    assert.deepEqual(await manager.getHistory(told.run), {
      loss: [0.5, 0.25, Number.NaN],
      val_loss: [1, 0.5, Number.NaN],
    });
    const all = await manager.objects.all();
    assert.deepEqual(all.map(({ name }) => name).sort(), ["a line", "from python", "row"]);
    const [, data] = await manager.plotHistoryMany([record, told.run], { lateralCompare: true });
    assert.deepEqual(Object.keys(data["loss"] ?? {}), [record.id, told.run]);
  });

  it("all of them are rows of the tracker's table", async () => {
    const tracker = new ModelTracker();
    await tracker.importExistingSqlTracker({ client, experiment: EXPERIMENT });
    const row = (name: string) => tracker.rows[tracker.getCurRowIndex(name)] ?? {};
    assert.equal(tracker.rows.length, 3);
    assert.deepEqual(row("from python"), {
      model_name: "from python",
      lr: "0.1",
      optimizer: "it's adam",
      loss: Number.NaN,
      val_loss: Number.NaN,
    });
    assert.equal(row("a line")["loss"], record.loss);
    assert.equal(row("row")["accuracy"], 0.75);
  });

  it("a version that it registered is the latest image of the repository, with its files, there and in the file centre", async () => {
    const repo = openProject(client).getModelRepository(MODEL);
    assert.deepEqual(await repo.getTags(), { candidate: told.made, latest: told.made, production: 1 });
    const image = await repo.getModelImage({ tag: "candidate" });
    assert.deepEqual([image.version, image.comment], [2, "by python"]);
    const files = await image.getModelFiles();
    assert.deepEqual(await Promise.all(files.map(async (file) => [file.filename, await file.text()])), [
      ["weights.txt", "weights"],
    ]);
    const folder = mkdtempSync(join(tmpdir(), "cairn-truth-"));
    try {
      const centred = await openProject(client).createModelRepository("centred");
      const id = (await client.models.find(centred.name))?.id ?? -1;
      const { number } = await client.versions.create(id, { from: { run: told.run, folder: "model" }, label: "1.0" });
      assert.equal(number, 1);
      const pipe = await new ModelFile({ modelName: "centred", version: "1.0", centerPath: server.url }).filepipe();
      assert.deepEqual(await pipe.pullDir(folder), [join(folder, "weights.txt")]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
