// Seed 003: trackers, experiments with their steps, duplicates and debug mode, pipelines; files, and a real server.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, it } from "node:test";
import { promisify } from "node:util";
import { type Client, createClient } from "@cairn/client";
import {
  ColumnsError,
  ExperimentOption,
  type ExperimentOptions,
  type Kwargs,
  ModelExperimentBase,
  ModelExperimentBaseError,
  ModelTracker,
  memoryTracker,
  NotImplementedError,
  runPipeline,
  SupervisedModelExperiment,
  serverTracker,
} from "@cairn/client/tracker";
import { table } from "arquero";
import { freshName, refuses } from "../services/support/expect.ts";
import { type CairnProcess, startCairn } from "../support/cairn-process.ts";

let server: CairnProcess;
let client: Client;
let folder: string;
const folders: string[] = [];
let places: { existingTrackerPath: string; parentSvDir: string };
before(async () => {
  server = await startCairn();
  client = createClient(server.url);
});
after(async () => {
  await server[Symbol.asyncDispose]();
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cairn-tracker-"));
  places = { existingTrackerPath: join(folder, "tracker.json"), parentSvDir: join(folder, "models") };
  folders.push(folder);
});

const quiet = { warn: () => undefined };
const readTracker = () => JSON.parse(readFileSync(places.existingTrackerPath, "utf8"));
const outputs = () => (existsSync(places.parentSvDir) ? readdirSync(places.parentSvDir).sort() : []);

/** Says which steps ran, in order; each training leaves a file and a result. */
class Told extends ModelExperimentBase {
  readonly told: string[] = [];
  accuracy = 0.5;
  failsIn: string | undefined;
  override async preprocessingSteps() {
    this.#tell("preprocessingSteps");
  }
  override async preprocessingDebug() {
    this.#tell("preprocessingDebug");
  }
  override async trainModel(kwargs: Kwargs) {
    this.#tell(`trainModel ${JSON.stringify(kwargs)}`);
    writeFileSync(join(this.modelSvLoc ?? "", "plot.txt"), `accuracy ${this.accuracy}`);
  }
  override async evaluateModel() {
    this.#tell("evaluateModel");
    this.results["acc"] = this.accuracy;
  }
  #tell(step: string) {
    this.told.push(`${step}${existsSync(this.modelSvLoc ?? "") ? "" : " without a folder"}`);
    if (this.failsIn !== undefined && step.startsWith(this.failsIn)) throw new Error(`out of memory in ${step}`);
  }
}

const told = (name: string, accuracy = 0.5, options: ExperimentOptions = places): Told => {
  const experiment = new Told(name, options);
  experiment.accuracy = accuracy;
  return experiment;
};

it("the seed's sample runs: a debugging, an experiment and its duplicate", async () => {
  const sample = join(import.meta.dirname, "..", "..", "examples", "seeds", "tracker", "digits.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [sample, folder]);
  assert.equal(stdout, "threshold 0.85\nthreshold_1 1\n");
  assert.deepEqual(outputs(), ["threshold", "threshold_1"]);
});

it("an experiment takes its six steps in order and writes the row as the origin does", async () => {
  const experiment = told("A");
  const row = await experiment.runExperiment({
    trainKwargs: { epochs: 3 },
    expDescription: "first",
    prevRunNotes: "-",
  });
  assert.deepEqual(experiment.told, ["preprocessingSteps", 'trainModel {"epochs":3}', "evaluateModel"]);
  assert.deepEqual(Object.keys(readTracker()), [
    "acc",
    "model_name",
    "experiment_description",
    "prev_run_notes",
    "train_time_strt",
    "train_time_end",
    "output_save_location",
  ]);
  assert.deepEqual(readTracker().acc, { 0: 0.5 });
  assert.match(readTracker().train_time_end[0], /^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/);
  assert.match(String(row?.["train_time_end"]), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.equal(row?.["output_save_location"], join(places.parentSvDir, "A"));
  assert.deepEqual(readdirSync(join(places.parentSvDir, "A")), ["plot.txt"]);
});

it("a taken name is refused before anything is trained, unless a policy is given", async () => {
  await told("A").runExperiment();
  const again = told("A", 0.9);
  await assert.rejects(again.runExperiment(), (error) => {
    assert.ok(error instanceof ModelExperimentBaseError);
    return /Run with model name A already exists therefore duplicate or overwrite must be/.test(error.message);
  });
  assert.deepEqual(again.told, []);
  assert.equal(await again.runExperiment({ dupeModelNms: "skip" }), undefined);
  assert.deepEqual(readTracker().acc, { 0: 0.5 });
});

it("two duplicates in a row get names and folders of their own, and every row is kept", async () => {
  await told("A", 0.1).runExperiment();
  await told("A", 0.2).runExperiment({ dupeModelNms: new ExperimentOption("duplicate") });
  await told("A", 0.3).runExperiment({ dupeModelNms: "duplicate" });
  assert.deepEqual(readTracker().model_name, { 0: "A", 1: "A_1", 2: "A_2" });
  assert.deepEqual(readTracker().acc, { 0: 0.1, 1: 0.2, 2: 0.3 });
  assert.deepEqual(outputs(), ["A", "A_1", "A_2"]);
});

it("overwriting replaces every row and output of the name, and only once the new training went well", async () => {
  // The origin deleted first and trained then; and it left the folders of duplicates behind.
  mkdirSync(join(places.parentSvDir, "A_1"), { recursive: true });
  mkdirSync(join(folder, "elsewhere"));
  await told("A", 0.1).runExperiment();
  const tracker = new ModelTracker("none");
  await tracker.importExistingJsonTracker(places.existingTrackerPath);
  const [row = {}] = tracker.rows;
  tracker.rows = [
    row,
    { ...row, output_save_location: join(places.parentSvDir, "A_1") },
    { ...row, output_save_location: join(folder, "elsewhere") },
    { ...row, output_save_location: folder },
    { ...row, model_name: "B" },
  ];
  await tracker.trackerToJson(places.existingTrackerPath);

  const broken = told("A", 0.2);
  broken.failsIn = "evaluateModel";
  const before = readFileSync(places.existingTrackerPath, "utf8");
  await assert.rejects(broken.runExperiment({ dupeModelNms: "overwrite" }), /out of memory/);
  assert.equal(readFileSync(places.existingTrackerPath, "utf8"), before);
  assert.deepEqual(outputs(), ["A", "A_1"]);
  assert.equal(readFileSync(join(places.parentSvDir, "A", "plot.txt"), "utf8"), "accuracy 0.1");

  await told("A", 0.2).runExperiment({ dupeModelNms: "overwrite" });
  assert.deepEqual(readTracker().model_name, { 0: "B", 1: "A" });
  assert.deepEqual(outputs(), ["A"]);
  assert.equal(readFileSync(join(places.parentSvDir, "A", "plot.txt"), "utf8"), "accuracy 0.2");
  assert.ok(existsSync(join(folder, "elsewhere")), "what a row names outside of the folder of outputs stays");
});

it("debug mode stores nothing, and preprocesses instead of or after the real steps", async () => {
  for (const [skips, steps] of [
    [true, ["preprocessingDebug"]],
    [false, ["preprocessingSteps", "preprocessingDebug"]],
  ] as const) {
    const experiment = told("A", 0.5, { ...places, debugSkipsPreprocessingSteps: skips });
    let where = "";
    const train = experiment.trainModel.bind(experiment);
    experiment.trainModel = async (kwargs) => {
      where = experiment.modelSvLoc ?? "";
      await train(kwargs);
    };
    const options = { debug: true, trainKwargs: { epochs: 100 }, debugTrainKwargs: { epochs: 1 } };
    assert.equal(await experiment.runExperiment(options), undefined);
    assert.deepEqual(experiment.told, [...steps, 'trainModel {"epochs":1}']);
    assert.ok(where !== "" && !existsSync(where));
    assert.deepEqual(experiment.rows, []);
  }
  assert.deepEqual(readdirSync(folder), []);
  const count = async () => (await client.experiments.search({ limit: 1000 })).items.length;
  const before = await count();
  await told("A", 0.5, { existingTrackerPath: serverTracker(client, freshName("debug")), debug: true }).runExperiment();
  assert.equal(await count(), before);
});

it("a step that fails leaves tracker and folders as they were", async () => {
  for (const step of ["preprocessingSteps", "trainModel", "evaluateModel"]) {
    const experiment = told("A");
    experiment.failsIn = step;
    await assert.rejects(experiment.runExperiment(), /out of memory/);
    assert.equal(existsSync(places.existingTrackerPath), false);
    assert.deepEqual(outputs(), []);
  }
  await told("A").runExperiment();
});

it("steps that must be there are missed before anything is made; preprocessing may be left out", async () => {
  class Lazy extends ModelExperimentBase {
    override async trainModel() {}
  }
  await assert.rejects(new Lazy("A", places).runExperiment(), NotImplementedError);
  assert.deepEqual(readdirSync(folder), []);
  class Plain extends Lazy {
    override async evaluateModel() {}
  }
  const warnings: string[] = [];
  await new Plain("A", { ...places, warn: (text) => void warnings.push(text) }).runExperiment();
  assert.deepEqual(warnings, ["preprocessingSteps is not implemented, so it is left out"]);
});

it("a folder that no row accounts for is never written into, an empty one is", async () => {
  mkdirSync(join(places.parentSvDir, "A"), { recursive: true });
  writeFileSync(join(places.parentSvDir, "A", "thesis.txt"), "precious");
  await assert.rejects(told("A").runExperiment(), /not empty, and the tracker has no row for it/);
  assert.equal(readFileSync(join(places.parentSvDir, "A", "thesis.txt"), "utf8"), "precious");
  mkdirSync(join(places.parentSvDir, "B"));
  await told("B").runExperiment();
  assert.deepEqual(Object.values(readTracker().model_name), ["B"]);
});

it("a model's name cannot lead out of the folder of outputs", async () => {
  for (const name of ["../A", "a/b", "..", ".", "", "a\\b", "a\0"]) {
    await refuses("invalid", async () => told(name), /names a folder/);
  }
});

it("columns are strict, or forced with null in what is missing", async () => {
  const tracker = new ModelTracker("model_name", quiet);
  tracker.updateTrackerWDict({ model_name: "A", acc: 0.9 });
  const lacks = () => tracker.updateTrackerWDict({ model_name: "B" });
  assert.throws(lacks, (error) => error instanceof ColumnsError && /\{'acc'\} already exist/.test(error.message));
  const brings = () => tracker.updateTrackerWDict({ model_name: "B", acc: 1, f1: 1 });
  assert.throws(brings, /\{'f1'\} are new column names in the row that are not already in the tracker/);
  assert.equal(tracker.rows.length, 1);
  tracker.updateTrackerWDict({ model_name: "B", f1: 1 }, true);
  assert.deepEqual(tracker.columnNames, ["model_name", "acc", "f1"]);
  tracker.updateTrackerWDict({ model_name: "A", acc: 0.95 }, true);
  assert.deepEqual(tracker.rows, [
    { model_name: "B", f1: 1 },
    { model_name: "A", acc: 0.95 },
  ]);

  await told("A").runExperiment();
  class More extends Told {
    override async evaluateModel() {
      this.results["f1"] = 0.4;
    }
  }
  await assert.rejects(new More("B", places).runExperiment(), ColumnsError);
  assert.deepEqual(Object.values(readTracker().model_name), ["A"]);
  await new More("B", { ...places, ...quiet }).runExperiment({ forceColumns: true });
  assert.deepEqual(readTracker().acc, { 0: 0.5, 1: null });
});

it("the origin's files are read, and written column by column as pandas does", async () => {
  const path = places.existingTrackerPath;
  const text =
    '{"acc":{"0":0.9,"1":null},"model_name":{"0":"A","1":"A"},"train_time_strt":{"0":"31\\/01\\/2023 09:05:00","1":null}}';
  writeFileSync(path, text);
  const tracker = new ModelTracker();
  await tracker.importExistingJsonTracker(path);
  assert.deepEqual(tracker.rows, [
    { acc: 0.9, model_name: "A", train_time_strt: "2023-01-31T09:05:00Z" },
    { acc: null, model_name: "A", train_time_strt: null },
  ]);
  await tracker.importExistingJsonTracker(path);
  assert.equal(tracker.rows.length, 2, "a file read twice doubles nothing");
  await tracker.trackerToJson(path);
  assert.equal(readFileSync(path, "utf8"), text.replaceAll("\\/", "/"));
  const other = new ModelTracker("model_name", quiet);
  other.updateTrackerWDict({ acc: 1, model_name: "B", train_time_strt: null });
  await other.updateExistingJsonTracker(path);
  assert.deepEqual(Object.values(readTracker().model_name), ["A", "A", "B"]);
});

it("a tracker that is no tracker, or is not there, is refused by its name, and the file stays", async () => {
  const tracker = new ModelTracker();
  await refuses("not_found", () => tracker.importExistingJsonTracker(join(folder, "no.json")), /no\.json/);
  for (const text of ["{", "[]", '{"a":1}', '"x"']) {
    writeFileSync(places.existingTrackerPath, text);
    await refuses("invalid", () => tracker.importExistingJsonTracker(places.existingTrackerPath), /tracker\.json/);
    await refuses("invalid", () => told("A").runExperiment(), /tracker\.json/);
    assert.equal(readFileSync(places.existingTrackerPath, "utf8"), text);
  }
  assert.deepEqual(outputs(), []);
  await refuses("invalid", () => told("A").runExperiment({ existingTrackerPath: "tracker.xml" }), /\.json or a \.csv/);
  await refuses("not_found", () => tracker.trackerToJson(join(folder, "no", "such", "t.json")), /Cannot write/);
});

it("rows are found by their id, and ids are filled in where there were none", async () => {
  const tracker = new ModelTracker("id");
  tracker.rows = [{ acc: 1 }, { id: "B", acc: 2 }];
  tracker.writeUId((row) => `model ${row["acc"]}`);
  assert.deepEqual(tracker.rows, [
    { acc: 1, id: "model 1" },
    { id: "B", acc: 2 },
  ]);
  assert.equal(tracker.getCurRowIndex("B"), 1);
  assert.equal(tracker.checkModelExists("C"), false);
  await refuses("not_found", async () => tracker.getCurRowIndex("C"), /Model does not exist in tracker/);
});

it("an experiment keeps its tracker in a CSV file as well", async () => {
  const csv = join(folder, "tracker.csv");
  await told("A").runExperiment({ existingTrackerPath: csv });
  await told("A").runExperiment({ existingTrackerPath: csv, dupeModelNms: "duplicate" });
  assert.match(readFileSync(csv, "utf8"), /^acc,model_name,.*\n0\.5,A,"",.*\n0\.5,A_1,"",.*\n$/);
  const tracker = new ModelTracker();
  await tracker.importExistingCsvTracker(csv);
  await tracker.updateExistingCsvTracker(csv);
  assert.deepEqual(
    tracker.rows.map((row) => row["model_name"]),
    ["A", "A_1"],
  );
});

it("a tracker comes from a data frame, takes an experiment, and goes back into one", async () => {
  const tracker = new ModelTracker();
  tracker.importExistingDfTracker(table({ model_name: ["A", "B"], acc: [0.9, null] }, ["model_name", "acc"]));
  const frame = await tracker.trackerToDf();
  assert.deepEqual(frame.columnNames(), ["model_name", "acc"]);
  assert.deepEqual(frame.objects(), [
    { model_name: "A", acc: 0.9 },
    { model_name: "B", acc: null },
  ]);
  const place = { existingTrackerPath: memoryTracker(tracker), parentSvDir: places.parentSvDir };
  await new Told("C", { ...place, ...quiet }).runExperiment({ forceColumns: true });
  const later = await tracker.trackerToDf();
  assert.deepEqual([...later.array("model_name")], ["A", "B", "C"]);
  assert.deepEqual([...later.array("acc")], [0.9, null, 0.5]);
  assert.deepEqual((await new ModelTracker().trackerToDf()).objects(), []);
  await refuses("invalid", async () => tracker.importExistingDfTracker(7 as never), /data frame/);
});

it("a tracker goes to the server's database and comes back the same", async () => {
  const place = { client, experiment: freshName("tracker") };
  const tracker = new ModelTracker("model_name", quiet);
  tracker.rows = [
    { acc: 0.1 + 0.2, model_name: "it's", nested: { a: [1, null] }, ok: true, none: null, text: "12" },
    { acc: Number.NaN, model_name: "B", nested: 3, ok: false, none: null, text: "" },
  ];
  await tracker.trackerToSql(place);
  await tracker.trackerToSql(place);
  const back = new ModelTracker();
  await back.importExistingSqlTracker(place);
  assert.deepEqual(back.rows, tracker.rows);
  assert.deepEqual(back.columnNames, tracker.columnNames);
  tracker.rows = [{ ...tracker.rows[0], acc: "not known", text: 12 }];
  await tracker.trackerToSql(place);
  const third = new ModelTracker();
  await third.importExistingSqlTracker(place);
  assert.deepEqual(third.rows, [...tracker.rows, back.rows[1]]);
  await refuses("not_found", () => back.importExistingSqlTracker({ client, experiment: "no such" }), /no such/);
  tracker.rows = [{ acc: 1 }];
  await refuses("invalid", () => tracker.trackerToSql(place), /no 'model_name'/);
});

it("with the server's tracker a training is a run from its start on, with metrics, results and files", async () => {
  const experiment = freshName("project");
  const { id } = await client.experiments.create({ name: experiment });
  const store = { existingTrackerPath: serverTracker(client, experiment) };
  const first = told("A", 0.7, store);
  const evaluate = first.evaluateModel.bind(first);
  first.evaluateModel = async () => {
    first.run?.log({ loss: 0.25 }, { step: 3 });
    assert.equal((await client.runs.get(first.run?.id ?? "")).state, "running");
    await evaluate();
  };
  const row = await first.runExperiment({ expDescription: "on the server" });
  const { items } = await client.runs.search({ experiments: [id] });
  const [run] = items;
  assert.equal(run?.state, "finished");
  assert.equal(run?.name, "A");
  assert.deepEqual(Object.fromEntries(run?.metrics.map(({ key, latest }) => [key, latest?.value]) ?? []), {
    acc: 0.7,
    loss: 0.25,
  });
  assert.deepEqual(
    (await client.artifacts.list(run?.id ?? "")).items.map(({ path }) => path),
    ["plot.txt"],
  );
  const tracker = new ModelTracker();
  await tracker.importExistingSqlTracker({ client, experiment });
  assert.deepEqual(tracker.rows, [{ ...row, loss: 0.25 }]);

  const broken = told("B", 0, store);
  broken.failsIn = "trainModel";
  await assert.rejects(broken.runExperiment(), /out of memory/);
  const failed = await client.runs.search({ experiments: [id], filter: "state = 'failed'" });
  assert.match(failed.items[0]?.error ?? "", /out of memory/);
  await told("A", 0.8, store).runExperiment({ dupeModelNms: "overwrite", forceColumns: true });
  await told("A", 0.9, store).runExperiment({ dupeModelNms: "duplicate", forceColumns: true });
  const last = new ModelTracker();
  await last.importExistingSqlTracker({ client, experiment });
  assert.deepEqual(
    last.rows.map((one) => [one["model_name"], one["acc"]]),
    [
      ["A", 0.8],
      ["A_1", 0.9],
    ],
  );
});

it("a pipeline runs experiments in order and says of each how it went; the first failure stops the rest", async () => {
  const broken = told("B");
  broken.failsIn = "trainModel";
  const steps = [
    { experiment: told("A") },
    { experiment: broken },
    { experiment: told("C"), options: { expDescription: "last" } },
  ];
  const results = await runPipeline(steps, places);
  assert.deepEqual(
    results.map(({ modelName, state }) => [modelName, state]),
    [
      ["A", "finished"],
      ["B", "failed"],
      ["C", "waiting"],
    ],
  );
  assert.equal(results[0]?.row?.["acc"], 0.5);
  assert.match(String(results[1]?.error), /out of memory/);
  const again = await runPipeline(steps, { ...places, dupeModelNms: "skip", goesOn: true });
  assert.deepEqual(
    again.map(({ state }) => state),
    ["skipped", "failed", "finished"],
  );
  assert.equal(again[2]?.row?.["experiment_description"], "last");
  const debugged = await runPipeline([{ experiment: told("D") }], { ...places, debug: true });
  assert.deepEqual(debugged[0]?.state, "debugged");
});

it("ExperimentOption takes its four words and nothing else", () => {
  assert.deepEqual(
    (["overwrite", "duplicate", "skip", null] as const).map((word) => String(new ExperimentOption(word))),
    ["overwrite", "duplicate", "skip", "None"],
  );
  assert.throws(() => new ExperimentOption("replace" as never), TypeError);
  assert.throws(() => new ExperimentOption(0 as never), /only be one of overwrite, duplicate or None/);
});

it("a supervised experiment has room for data, truth and predictions", () => {
  const { xTrain, xTest, yTrueTrain, yTrueTest, yPredTrain, yPredTest } = new SupervisedModelExperiment("A");
  assert.deepEqual([xTrain, xTest, yTrueTrain, yTrueTest, yPredTrain, yPredTest], [null, null, null, null, null, null]);
});
