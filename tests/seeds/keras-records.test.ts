// test-timeout: 300 s
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createClient } from "@cairn/client";
import { createFigure, openModelManager } from "@cairn/client/keras";
import { packPoints } from "@cairn/core";
import { freshName, refuses } from "../services/support/expect.ts";
import { type CairnProcess, startCairn } from "../support/cairn-process.ts";
import { buildLine, loadTensorFlow, type TensorFlowJs } from "./support/tfjs.ts";

describe("the Keras model manager", () => {
  let cairn: CairnProcess;
  let tf: TensorFlowJs;
  before(async () => {
    [cairn, tf] = await Promise.all([startCairn(), loadTensorFlow()]);
  });
  after(() => cairn[Symbol.asyncDispose]());
  const open = (experiment = freshName("keras")) => openModelManager({ server: cairn.url, experiment, tf });
  /** A record with these histories, logged epoch by epoch through the callback's own hooks. */
  const record = async (manager: ReturnType<typeof open>, epochs: readonly Record<string, number>[], tags = ["x"]) => {
    const recorder = new manager.RecorderCallback({ tags, model: buildLine(tf).model });
    await recorder.onTrainBegin();
    for (const [epoch, logs] of epochs.entries()) await recorder.onEpochEnd(epoch, logs);
    await recorder.onTrainEnd();
    return recorder.kmodel;
  };

  describe("RecorderCallback", () => {
    it("is one of TensorFlow.js' own callbacks", () => {
      const { RecorderCallback } = open();
      const recorder = new RecorderCallback();
      assert.ok(recorder instanceof tf.Callback);
    });

    it("makes the record at once, and streams every epoch before the training ends", async () => {
      const { RecorderCallback, objects, client } = open();
      const recorder = new RecorderCallback({ tags: ["live"] });
      const { id, epochsTrained, path } = await recorder.kmodel;
      assert.deepEqual([epochsTrained, path], [null, null]);
      assert.equal((await client.runs.get(id)).state, "running");
      const { model, x, y } = buildLine(tf);
      const seen: (number | null)[] = [];
      const watch = {
        onEpochEnd: async () => {
          for (;;) {
            const { epochsTrained: known } = await objects.get(id);
            if (known === seen.length + 1) return void seen.push(known);
          }
        },
      };
      const given = new RecorderCallback({ dbModel: id, model });
      await model.fit(x, y, { epochs: 3, verbose: 0, callbacks: [given, wrap(tf, watch)] });
      assert.deepEqual(seen, [1, 2, 3]);
      await recorder.fail();
    });

    it("accumulates epochs when it is used again, and when a record is given", async () => {
      const { RecorderCallback, getHistory } = open();
      const { model, x, y } = buildLine(tf);
      const recorder = new RecorderCallback();
      for (const epochs of [2, 3]) await model.fit(x, y, { epochs, verbose: 0, callbacks: recorder });
      const kmodel = await recorder.kmodel;
      assert.deepEqual([recorder.epochs, kmodel.epochsTrained], [5, 5]);
      const resumed = new RecorderCallback({ dbModel: kmodel.id });
      await model.fit(x, y, { epochs: 2, verbose: 0, callbacks: [resumed] });
      await kmodel.refresh();
      assert.equal((await resumed.kmodel).id, kmodel.id);
      assert.deepEqual([resumed.epochs, kmodel.epochsTrained], [2, 7]);
      const losses = (await getHistory(kmodel))?.["loss"] ?? [];
      assert.equal(losses.length, 7);
      assert.deepEqual(losses.slice(0, 5), recorder.history["loss"]);
      assert.deepEqual(losses.slice(5), resumed.history["loss"]);
      assert.deepEqual([kmodel.run.state, kmodel.run.attempt], ["finished", 3]);
      const [kept, ...more] = await kmodel.artifacts({ descriptor: "history" });
      assert.equal(more.length, 0);
      assert.deepEqual(await kept?.payload, await getHistory(kmodel));
      assert.equal(kept?.revision, 3);
    });

    it("lets an epoch that is named again replace what it was", async () => {
      const { RecorderCallback, getHistory } = open();
      const { model } = buildLine(tf);
      const recorder = new RecorderCallback({ model });
      await recorder.onTrainBegin();
      for (const epoch of [0, 1, 2]) await recorder.onEpochEnd(epoch, { loss: epoch });
      await recorder.onTrainEnd();
      const again = new RecorderCallback({ dbModel: await recorder.kmodel, model });
      await again.onTrainBegin();
      for (const epoch of [1, 2, 3]) await again.onEpochEnd(epoch, { loss: 10 + epoch });
      await again.onTrainEnd();
      const kmodel = await again.kmodel;
      assert.deepEqual(await getHistory(kmodel), { loss: [0, 11, 12, 13] });
      assert.equal(kmodel.epochsTrained, 6);
    });

    it("saves a model that predicts the same when it is loaded", async () => {
      const { RecorderCallback } = open();
      const { model, x, y } = buildLine(tf);
      const recorder = new RecorderCallback();
      await model.fit(x, y, { epochs: 2, verbose: 0, callbacks: recorder });
      const kmodel = await recorder.kmodel;
      assert.equal(kmodel.path, "model/model.json");
      const loaded = await kmodel.loadModel(
        tf as { loadLayersModel(source: never): ReturnType<typeof tf.loadLayersModel> },
      );
      assert.deepEqual([...(await loaded.predict(x).data())], [...(await model.predict(x).data())]);
    });

    it("keeps the last losses as they are, whatever they are", async () => {
      const manager = open();
      const kmodel = await record(manager, [
        { loss: 0.75, val_loss: 0.5 },
        { loss: Number.NaN, val_loss: 0.125 },
      ]);
      assert.deepEqual([kmodel.loss, kmodel.valLoss], [Number.NaN, 0.125]);
      const none = await record(manager, [{ accuracy: 1 }]);
      assert.deepEqual([none.loss, none.valLoss, none.epochsTrained], [null, null, 1]);
    });

    it("stops the training with a clear error when there is no server, no such record, or no model to save", async () => {
      const { model, x, y } = buildLine(tf);
      const away = openModelManager({ server: createClient("http://127.0.0.1:9", { retries: 0 }), tf });
      const fit = (callbacks: object) => model.fit(x, y, { epochs: 1, verbose: 0, callbacks });
      await refuses("unavailable", () => fit(new away.RecorderCallback()), /127\.0\.0\.1:9/);
      const { RecorderCallback, client } = open();
      await refuses("not_found", () => fit(new RecorderCallback({ dbModel: "0".repeat(32) })));
      await refuses("invalid", () => fit(new RecorderCallback({ dbModel: "my model" })), /my model/);
      const lost = new RecorderCallback();
      await refuses("invalid", () => fit([{}, lost]), /\{ model \}/);
      const { state, error } = await client.runs.get((await lost.kmodel).id);
      assert.equal(state, "failed");
      assert.match(error ?? "", /model to save is unknown/);
    });
  });

  describe("KModel", () => {
    it("takes notes with their time, one a line", async () => {
      const kmodel = await record(open(), []);
      await kmodel.addNote("first");
      await kmodel.addNote("it's 😀 <b>");
      assert.match(
        kmodel.notes,
        /^\d{4}(-\d\d){2} \d\d(:\d\d){2} {2}first\n\d{4}(-\d\d){2} \d\d(:\d\d){2} {2}it's 😀 <b>$/,
      );
      await refuses("invalid", () => kmodel.addNote(" "), /note/);
    });

    it("takes and gives back tags as texts and as Tag objects, and other models keep theirs", async () => {
      const manager = open();
      const [one, two] = [await record(manager, [], []), await record(manager, [], [])];
      await one.addTags(["a", { title: "b" }]);
      await two.addTags(one.tags);
      await two.addTags("c");
      await one.removeTags(["a", ...two.tags.filter(({ title }) => title === "b"), "never there"]);
      assert.deepEqual([one.tags, two.tags], [[], [{ title: "a" }, { title: "b" }, { title: "c" }]]);
      for (const bad of [1, null, { name: "x" }, ["x", undefined]]) {
        await refuses("invalid", () => one.addTags(bad as never), /A tag is/);
      }
      await refuses("invalid", () => one.addTags([""]), /label/);
    });

    it("is starred and unstarred", async () => {
      const kmodel = await record(open(), []);
      assert.equal((await kmodel.star()).stared, true);
      assert.equal((await kmodel.star(false)).starred, false);
    });
  });

  describe("Artifact", () => {
    it("keeps a value under a descriptor that others may have, and loads it once", async () => {
      let loads = 0;
      const client = createClient(cairn.url, {
        fetch: async (input, init) => {
          if (init?.method === "GET" && /\/artifacts\/artifacts/.test(input)) loads++;
          return fetch(input, init);
        },
      });
      const manager = openModelManager({ server: client, tf });
      const kmodel = await record(manager, []);
      const value = { when: new Date(0), weights: new Float32Array([1.5]), names: new Map([["a", new Set([1])]]) };
      const made = await kmodel.addArtifact(value, { descriptor: "outputs" });
      await kmodel.addArtifact("another", { descriptor: "outputs" });
      assert.match(made.path, /^artifacts\/[0-9a-f]{32}\.object$/);
      assert.equal(made.parent, kmodel.id);
      const found = (await kmodel.artifacts({ descriptor: "outputs" })).find(({ path }) => path === made.path);
      assert.deepEqual(await found?.payload, value);
      assert.equal(await found?.payload, await found?.payload);
      assert.equal(loads, 1);
      assert.equal((await kmodel.addArtifact(null)).descriptor, "unspecified");
    });

    it("can be replaced: a revision, and the old content stays", async () => {
      const kmodel = await record(open(), []);
      const artifact = await kmodel.addArtifact({ v: 1 }, { descriptor: "settings" });
      assert.deepEqual(await artifact.payload, { v: 1 });
      await artifact.replace({ v: 2 });
      assert.deepEqual([artifact.revision, artifact.descriptor, await artifact.payload], [2, "settings", { v: 2 }]);
      const revisions = await artifact.revisions();
      assert.deepEqual(await Promise.all(revisions.map(({ payload }) => payload)), [{ v: 1 }, { v: 2 }]);
    });

    it("keeps a chart as PNG or SVG: a figure, an ECharts option, an SVG, a PNG; its payload is the bytes", async () => {
      const kmodel = await record(open(), []);
      const figure = createFigure([{ title: "t", xLabel: "x", yLabel: "y", lines: { a: [1, 2] } }]);
      const option = { xAxis: {}, yAxis: {}, series: [{ type: "line", data: [[0, 1]] }] };
      for (const chart of [figure, option, await figure.toSvg(), await figure.toPng()]) {
        const artifact = await kmodel.addArtifact(chart, { descriptor: "chart", plot: true });
        assert.equal(artifact.contentType, "image/png");
        assert.match(artifact.path, /\.png$/);
        assert.deepEqual(((await artifact.payload) as Uint8Array).slice(1, 4), new TextEncoder().encode("PNG"));
      }
      const svg = await kmodel.addArtifact(figure, { plot: "svg" });
      assert.match(new TextDecoder().decode((await svg.payload) as Uint8Array), /^<svg/);
      await svg.replace(figure);
      assert.equal(svg.contentType, "image/svg+xml");
    });

    it("is refused when it cannot be kept, and nothing is stored", async () => {
      const kmodel = await record(open(), []);
      const before = (await kmodel.artifacts()).length;
      await refuses("invalid", () => kmodel.addArtifact({ factory: () => 1 }), /a function.*factory/);
      await refuses("invalid", () => kmodel.addArtifact(tf.tensor2d([[1]])), /tensor\.array\(\)/);
      for (const bad of [1, null, "text", {}, new Uint8Array(3)]) {
        await refuses("invalid", () => kmodel.addArtifact(bad, { plot: true }), /chart/);
      }
      assert.equal((await kmodel.artifacts()).length, before);
    });
  });

  describe("the records together", () => {
    it("are shown, all or those with a tag, as a table in which text stays text", async () => {
      const manager = open();
      assert.deepEqual(await manager.showAllModels().then(([, ids]) => ids), []);
      const one = await record(manager, [], ["it's"]);
      const two = await record(manager, [], []);
      await two.addNote("<script>alert(1)</script>");
      const [html, ids] = await manager.showAllModels();
      assert.deepEqual(ids, [one.id, two.id]);
      assert.ok(html.startsWith("<table>") && html.includes(one.id) && !html.includes("<script>"));
      assert.deepEqual((await manager.showModelsWithTag("it's"))[1], [one.id]);
      assert.deepEqual((await manager.showModelsWithTag({ title: "it's" }))[1], [one.id]);
      await refuses("not_found", () => manager.showModelsWithTag("nobody's"), /nobody's/);
    });

    it("are dumped to a data frame with the origin's columns in its order", async () => {
      const manager = open();
      assert.equal((await manager.dumpModelsToDf()).numRows(), 0);
      const kmodel = await record(manager, [{ loss: 0.5, val_loss: 0.25 }]);
      await kmodel.star();
      const frame = await manager.dumpModelsToDf();
      const columns = ["id", "path", "timestamp", "notes", "stared", "epochs_trained", "loss", "val_loss"];
      assert.deepEqual(frame.columnNames(), columns);
      assert.deepEqual(frame.objects(), [
        {
          id: kmodel.id,
          path: "model/model.json",
          timestamp: kmodel.timestamp,
          notes: "",
          stared: true,
          epochs_trained: 1,
          loss: 0.5,
          val_loss: 0.25,
        },
      ]);
    });

    it("are queried freely", async () => {
      const { objects, ...manager } = open();
      const ids: string[] = [];
      for (const loss of [0.3, 0.1, 0.2]) ids.push((await record({ objects, ...manager }, [{ loss }])).id);
      const found = await objects.filter("metrics.loss < 0.3 AND label = 'x'", {
        order: "metrics.loss desc",
        limit: 1,
      });
      assert.deepEqual(
        found.map(({ id }) => id),
        [ids[2]],
      );
      assert.deepEqual(
        (await objects.all()).map(({ id }) => id),
        ids,
      );
      await refuses("invalid", () => objects.filter("loss <"));
      await refuses("not_found", () => objects.get("f".repeat(32)));
    });

    it("include runs that others logged", async () => {
      const experiment = freshName("keras");
      const manager = open(experiment);
      const client = createClient(cairn.url);
      const { id } = await client.experiments.create({ name: experiment });
      const run = await client.runs.create({ experiment: id, labels: ["theirs"] });
      await client.runs.log(run.id, { points: packPoints([{ key: "train/loss", step: 0, time: 1, value: 4 }]) });
      const [kmodel] = await manager.objects.all();
      assert.deepEqual([kmodel?.id, kmodel?.loss, kmodel?.tags], [run.id, 4, [{ title: "theirs" }]]);
      assert.deepEqual(await manager.getHistory(run.id), { "train/loss": [4] });
    });
  });

  describe("histories", () => {
    it("come in the order of logging, by record or id, with null where there is none", async () => {
      const manager = open();
      const kmodel = await record(manager, [
        { loss: 2, acc: 0.5 },
        { loss: 1, acc: 0.75 },
      ]);
      const history = { loss: [2, 1], acc: [0.5, 0.75] };
      const uuid = kmodel.id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
      for (const one of [kmodel, kmodel.id, uuid]) assert.deepEqual(await manager.getHistory(one), history);
      assert.deepEqual(Object.keys((await manager.getHistory(kmodel)) ?? {}), ["loss", "acc"]);
      const empty = await record(manager, []);
      for (const none of ["not a uuid", "0".repeat(32), empty]) assert.equal(await manager.getHistory(none), null);
      for (const bad of [undefined, null, 5, {}]) {
        await refuses("invalid", () => manager.getHistory(bad as never), /getHistory/);
      }
    });

    it("are plotted by model or by metric, and the data has the same shape", async () => {
      const manager = open();
      const one = await record(manager, [
        { loss: 2, acc: 0.5 },
        { loss: 1, acc: 0.75 },
      ]);
      const two = await record(manager, [{ loss: 3, val_loss: 4 }]);
      const empty = await record(manager, []);
      const [byModel, models] = await manager.plotHistoryMany([one, two.id, empty]);
      assert.deepEqual(Object.entries(models), [
        [one.id, { loss: [2, 1], acc: [0.5, 0.75] }],
        [two.id, { loss: [3], val_loss: [4] }],
        [empty.id, null],
      ]);
      assert.deepEqual(
        byModel.charts.map(({ title, lines }) => [title.split(" · ")[0], Object.keys(lines)]),
        [
          [one.name, ["loss", "acc"]],
          [two.name, ["loss", "val_loss"]],
          [empty.name, []],
        ],
      );
      const lateral = { lateralCompare: true, ignoreNone: true };
      const [byMetric, metrics] = await manager.plotHistoryMany([one.id, two, empty], lateral);
      assert.deepEqual(Object.entries(metrics), [
        ["loss", { [one.id]: [2, 1], [two.id]: [3] }],
        ["acc", { [one.id]: [0.5, 0.75] }],
        ["val_loss", { [two.id]: [4] }],
      ]);
      assert.deepEqual(
        byMetric.charts.map(({ title }) => title),
        ["loss", "acc", "val_loss"],
      );
      assert.match(await byMetric.toSvg(), />epoch<\/text>/);
      const [, kept] = await manager.plotHistoryMany([one, empty], { lateralCompare: true });
      assert.deepEqual(kept["acc"], { [one.id]: [0.5, 0.75], [empty.id]: null });
      const [, ignored] = await manager.plotHistoryMany([empty, one], { ignoreNone: true });
      assert.deepEqual(Object.keys(ignored), [one.id]);
    });

    it("of nothing make an empty figure, not an error", async () => {
      const [figure, data] = await open().plotHistoryMany();
      assert.deepEqual(data, {});
      assert.match(await figure.toSvg(), /no models to plot/);
      await refuses("invalid", () => open().plotHistoryMany([7 as never]), /getHistory/);
    });
  });
});

function wrap(tf: TensorFlowJs, hooks: { onEpochEnd(): Promise<void> }): object {
  class Watch extends (tf.Callback as new () => object) {
    onEpochEnd = hooks.onEpochEnd;
  }
  return new Watch();
}
