import assert from "node:assert/strict";
import { freshName, refuses } from "./support/expect.ts";
import { inEveryWorld } from "./support/worlds.ts";

inEveryWorld("datasets", {
  "those of an experiment are listed with each context, in order, whichever run used them": async ({ services }) => {
    const { datasets, experiments, runs } = services;
    const { id: experiment } = await experiments.create({ name: freshName("experiment") });
    const other = (await experiments.create({ name: freshName("experiment") })).id;
    const input = (name: string, digest: string, context: string | null) => ({
      dataset: { name, digest, sourceType: "local", source: "{}", schema: null, profile: null },
      context,
      tags: {},
    });
    const first = await runs.create({ experiment });
    const second = await runs.create({ experiment });
    const third = await runs.create({ experiment: other });
    await runs.log(first.id, { inputs: [input("b", "1", "train"), input("a", "2", null), input("a", "1", "train")] });
    await runs.log(second.id, { inputs: [input("b", "1", "train"), input("a", "1", "eval")] });
    await runs.log(third.id, { inputs: [input("a", "1", "train")] });
    await runs.delete(second.id);
    const said = async (ids: number[], limit?: number) =>
      (await datasets.list(ids, limit)).map((use) => [use.experiment, use.name, use.digest, use.context]);
    assert.deepEqual(await said([other, experiment, experiment]), [
      [experiment, "a", "1", "eval"],
      [experiment, "a", "1", "train"],
      [experiment, "a", "2", null],
      [experiment, "b", "1", "train"],
      [other, "a", "1", "train"],
    ]);
    assert.equal((await said([experiment], 2)).length, 2);
    assert.deepEqual(await said([]), []);
    assert.deepEqual(await said([987_654]), []);
    await refuses("invalid", () => datasets.list([-1]));
    await refuses("invalid", () => datasets.list([0], 0));
  },
});
