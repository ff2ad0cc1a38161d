import assert from "node:assert/strict";
import { freshName, freshRun, points, refuses } from "./support/expect.ts";
import { inEveryWorld } from "./support/worlds.ts";

inEveryWorld("history and lineage", {
  "a model's history tells who moved what and why, the newest first, page by page": async ({ services }) => {
    const { models, versions } = services;
    const { id } = await models.create({ name: freshName("history") });
    await versions.create(id, { comment: "first", tags: { quiet: "1" } });
    await versions.create(id, { state: "sealed" });
    await models.setAlias(id, "champion", 1, "Only one there is.");
    await models.setAlias(id, "champion", 1, "Nothing moves.");
    await models.setAlias(id, "champion", 2, "Better on the night set.");
    await versions.update(id, 1, { comment: "older", stage: "Staging", tags: { quiet: null, team: "vision" } });
    await versions.update(id, 1, { comment: "older", stage: "Staging", tags: { team: "vision" } });
    await versions.update(id, 2, { stage: "Staging", moveOthersTo: "Archived" });
    await versions.seal(id, 1);
    await models.deleteAlias(id, "champion", true, "Recalled.");
    await models.setAlias(id, "old", 1);
    await versions.delete(id, 1);
    const { items, next } = await models.history(id);
    assert.equal(next, null);
    assert.deepEqual(
      items.map(({ what, version, name, from, to, reason }) => [what, version, name, from, to, reason]).reverse(),
      [
        ["version.created", 1, null, null, null, null],
        ["version.created", 2, null, null, null, null],
        ["alias.set", 1, "champion", null, "1", "Only one there is."],
        ["alias.moved", 2, "champion", "1", "2", "Better on the night set."],
        ["comment.changed", 1, null, "first", "older", null],
        ["stage.changed", 1, null, "", "Staging", null],
        ["tag.removed", 1, "quiet", "1", null, null],
        ["tag.set", 1, "team", null, "vision", null],
        ["stage.changed", 1, null, "Staging", "Archived", null],
        ["stage.changed", 2, null, "", "Staging", null],
        ["version.sealed", 1, null, null, null, null],
        ["alias.removed", 2, "champion", "2", null, "Recalled."],
        ["alias.set", 1, "old", null, "1", null],
        ["alias.removed", 1, "old", "1", null, null],
        ["version.deleted", 1, null, null, null, null],
      ],
    );
    const first = await models.history(id, { limit: 4 });
    const second = await models.history(id, { limit: 11, cursor: first.next ?? "" });
    assert.deepEqual([...first.items, ...second.items], items);
    assert.equal(second.next, null);
    const other = await models.create({ name: freshName("history") });
    assert.deepEqual((await models.history(other.id)).items, []);
    await refuses("invalid", () => models.history(other.id, { cursor: first.next ?? "" }));
    await refuses("invalid", () => models.setAlias(id, "a", 2, "x".repeat(2001)), /2000/);
    await refuses("not_found", () => models.history(999_999));
  },

  "a long text is cut in the history, and a purged model's history goes": async ({
    services: { models, versions },
  }) => {
    const { id } = await models.create({ name: freshName("history") });
    await versions.create(id);
    await versions.update(id, 1, { comment: "😀".repeat(3000) });
    const [line] = (await models.history(id)).items;
    assert.ok(line?.to !== undefined && line.to !== null);
    assert.ok(line.to.length <= 2000 && line.to.isWellFormed() && line.to.endsWith("…"));
    await models.delete(id);
    assert.equal((await models.history(id)).items.length, 2);
    await models.purge(id);
    await refuses("not_found", () => models.history(id));
  },

  "a run's lineage is its checkpoints and the versions made from it or from them": async ({ services }) => {
    const { runs, checkpoints, models, versions } = services;
    const run = await freshRun(services);
    const other = await freshRun(services);
    const own = await checkpoints.create({ experiment: run.experiment, run: run.id, name: "last" });
    const linked = await checkpoints.create({ experiment: run.experiment, run: other.id, name: "best" });
    const base = await checkpoints.create({ experiment: run.experiment, name: "base" });
    await runs.log(run.id, { outputs: [{ checkpoint: linked.id, step: 7 }], used: [base.id] });
    const { id } = await models.create({ name: freshName("lineage") });
    await versions.create(id, { run: run.id });
    await versions.create(id, { checkpoint: linked.id });
    await versions.create(id, { checkpoint: base.id });
    await models.setAlias(id, "champion", 2);
    const lineage = await runs.lineage(run.id);
    assert.deepEqual(
      lineage.outputs.map(({ checkpoint, step }) => [checkpoint.name, step]),
      [
        ["last", null],
        ["best", 7],
      ],
    );
    assert.deepEqual(
      lineage.used.map((checkpoint) => checkpoint.id),
      [base.id],
    );
    assert.deepEqual(
      lineage.versions.map(({ number, aliases, checkpoint }) => [number, aliases, checkpoint]),
      [
        [2, ["champion"], linked.id],
        [1, [], null],
      ],
    );
    assert.equal(own.run, run.id);
    const bare = await freshRun(services);
    assert.deepEqual(await runs.lineage(bare.id), { outputs: [], used: [], versions: [] });
    await refuses("not_found", () => runs.lineage("0".repeat(32)));
  },

  "a live chart asks each series on from its own place, raw where there are few points": async ({ services }) => {
    const run = await freshRun(services);
    const rows = Array.from({ length: 5000 }, (_, step) => ({
      key: "loss",
      step,
      time: step,
      value: step,
      batch: null,
    }));
    await services.runs.log(run.id, { points: points([...rows, { ...rows[0], key: "acc" } as (typeof rows)[0]]) });
    const charts = await services.series.buckets(
      [
        { run: run.id, key: "loss", from: 4990 },
        { run: run.id, key: "nothing yet" },
        { run: run.id, key: "loss" },
        { run: run.id, key: "acc", from: 1 },
      ],
      { buckets: 100, from: 4000 },
    );
    assert.deepEqual(
      charts.map(({ raw, points }) => [raw, points]),
      [
        [true, 10],
        [true, 0],
        [false, 1000],
        [true, 0],
      ],
    );
    assert.deepEqual(
      [...(charts[0]?.minSteps ?? [])],
      Array.from({ length: 10 }, (_, at) => 4990 + at),
    );
    const many = Array.from({ length: 2000 }, () => ({ run: run.id, key: "loss", from: 4999 }));
    assert.equal((await services.series.buckets(many, { buckets: 10 })).length, 2000);
    await refuses("too_large", () => services.series.buckets([...many, ...many], { buckets: 10 }), /2000/);
  },
});
