import assert from "node:assert/strict";
import type { Services } from "@cairn/core";
import { freshName, points, refuses } from "./support/expect.ts";
import { inEveryWorld } from "./support/worlds.ts";

/** An experiment with ten runs: `lr` 0 … 9, a loss that falls, a team for every other one, a label for the last. */
async function trained({ experiments, runs }: Services): Promise<{ experiment: number; ids: readonly string[] }> {
  const { id: experiment } = await experiments.create({ name: freshName("table") });
  const ids: string[] = [];
  for (let n = 0; n < 10; n++) {
    const { id } = await runs.create({
      experiment,
      name: `run ${n}`,
      parameters: [
        { key: "lr", value: n },
        { group: "model", key: "depth", value: n < 5 ? "18" : 50 },
      ],
      tags: n % 2 === 0 ? { team: "vision" } : {},
      labels: n === 9 ? ["best"] : [],
    });
    await runs.log(id, { points: points([{ key: "val/loss", step: 1, time: 1, value: 10 - n, batch: null }]) });
    ids.push(id);
  }
  return { experiment, ids };
}

inEveryWorld("tables of runs", {
  "a window begins at any row of the order, says how many match, and goes on by its cursor": async ({ services }) => {
    const { experiment, ids } = await trained(services);
    const search = { experiments: [experiment], order: 'metrics."val/loss"', limit: 3 };
    const window = await services.runs.search({ ...search, offset: 4, count: true });
    assert.deepEqual(
      window.items.map(({ id }) => id),
      [5, 4, 3].map((n) => ids[n]),
    );
    assert.equal(window.total, 10);
    const rest = await services.runs.search({ ...search, cursor: window.next ?? "" });
    assert.deepEqual(
      rest.items.map(({ id }) => id),
      [2, 1, 0].map((n) => ids[n]),
    );
    assert.equal(rest.next, null);
    assert.ok(!("total" in rest));
    const behind = await services.runs.search({ ...search, offset: 10, count: true });
    assert.deepEqual(behind, { items: [], next: null, total: 10 });
    const found = await services.runs.search({ ...search, filter: "tags.team = 'vision'", count: true });
    assert.equal(found.total, 5);
  },

  "a cursor and an offset together, and an offset below 0, are refused": async ({ services: { runs } }) => {
    await refuses("invalid", () => runs.search({ offset: 0, cursor: "x" }), /not by both/);
    await refuses("invalid", () => runs.search({ offset: -1 }), /-1/);
  },

  "the columns of runs are their keys, each with how many runs have it, the most used first": async ({ services }) => {
    const { experiment } = await trained(services);
    const columns = await services.runs.columns({ experiments: [experiment] });
    assert.deepEqual(columns, {
      runs: 10,
      parameters: [
        { key: "lr", field: "params.lr", group: "", runs: 10, distinct: 10, types: ["number"] },
        {
          key: "model/depth",
          field: "params.model/depth",
          group: "model",
          runs: 10,
          distinct: 2,
          types: ["number", "text"],
        },
      ],
      metrics: [{ key: "val/loss", field: "metrics.val/loss", name: "loss", phase: "val", runs: 10 }],
      tags: [{ key: "team", field: "tags.team", runs: 5 }],
      labels: [{ label: "best", runs: 1 }],
      more: false,
    });
    const some = await services.runs.columns({
      experiments: [experiment],
      filter: "params.lr < 3",
      kinds: ["parameters", "tags"],
      contains: "E",
      limit: 1,
    });
    assert.deepEqual(some, {
      runs: 3,
      parameters: [
        { key: "model/depth", field: "params.model/depth", group: "model", runs: 3, distinct: 1, types: ["text"] },
      ],
      metrics: [],
      tags: [{ key: "team", field: "tags.team", runs: 2 }],
      labels: [],
      more: false,
    });
    assert.equal((await services.runs.columns({ experiments: [experiment], limit: 1 })).more, true);
    await refuses("invalid", () => services.runs.columns({ limit: 0 }));
  },

  "groups hold the runs of each value, and each opens as a search": async ({ services }) => {
    const { experiment, ids } = await trained(services);
    await services.runs.log(ids[0] ?? "", { parameters: [{ key: "note", value: Number.NaN }] });
    await services.runs.log(ids[1] ?? "", { parameters: [{ key: "note", value: "it's" }] });
    await services.runs.log(ids[2] ?? "", { parameters: [{ key: "note", value: "0.50" }] });
    await services.runs.log(ids[3] ?? "", { parameters: [{ key: "note", value: 0.5 }] });
    const experiments = [experiment];
    const byNote = await services.runs.groups({ experiments, by: "params.note", order: "value" });
    assert.deepEqual(
      byNote.items.map(({ value, runs, filter }) => ({ value, runs, filter })),
      [
        { value: 0.5, runs: 2, filter: "params.note = 0.5" },
        { value: Number.NaN, runs: 1, filter: "params.note = NaN" },
        { value: "it's", runs: 1, filter: "params.note = 'it''s'" },
        { value: null, runs: 6, filter: "params.note IS NULL" },
      ],
    );
    for (const { filter, runs } of byNote.items) {
      assert.equal((await services.runs.search({ experiments, filter, count: true, limit: 1 })).total, runs, filter);
    }
    const byTeam = await services.runs.groups({
      experiments,
      by: "tags.team",
      filter: "params.lr < 9",
      metrics: ["val/loss", "nothing"],
      limit: 1,
    });
    const newest = (await services.runs.get(ids[8] ?? "")).createdAt;
    assert.deepEqual(byTeam, {
      items: [
        {
          value: "vision",
          filter: "tags.team = 'vision'",
          runs: 5,
          newest,
          metrics: [
            { key: "val/loss", runs: 5, min: 2, max: 10, mean: 6 },
            { key: "nothing", runs: 0, min: null, max: null, mean: null },
          ],
        },
      ],
      groups: 2,
      runs: 9,
      more: true,
    });
    const second = await services.runs.groups({ experiments, by: "label", offset: 1 });
    assert.deepEqual(
      second.items.map(({ value, filter }) => ({ value, filter })),
      [{ value: "best", filter: "label = 'best'" }],
    );
    await refuses("invalid", () => services.runs.groups({ by: "nonsense" }), /nonsense/);
  },

  "labels are counted over runs that are not deleted, and a project remembers those that no run has": async ({
    services,
  }) => {
    const { experiment, ids } = await trained(services);
    const label = freshName("label");
    for (const id of ids.slice(0, 3)) await services.runs.update(id, { addLabels: [label] });
    await services.runs.delete(ids[0] ?? "");
    assert.deepEqual(await services.labels.list({ experiments: [experiment] }), [
      { label, runs: 2 },
      { label: "best", runs: 1 },
    ]);
    for (const id of ids.slice(1, 3)) await services.runs.update(id, { removeLabels: [label] });
    assert.deepEqual(await services.labels.list({ experiments: [experiment] }), [{ label: "best", runs: 1 }]);
    const all = await services.labels.list();
    assert.deepEqual(
      all.find((use) => use.label === label),
      { label, runs: 0 },
    );
    await refuses("not_found", () => services.labels.list({ project: "nowhere" }), /nowhere/);
  },

  "only the asked parts of a run are carried, the others are empty": async ({ services }) => {
    const { experiment } = await trained(services);
    const search = { experiments: [experiment], limit: 1, filter: "label = 'best'" };
    const whole = (await services.runs.search(search)).items[0];
    assert.ok(whole);
    const read = async (fields: readonly string[]) => (await services.runs.search({ ...search, fields })).items[0];
    const bare = { ...whole, parameters: [], tags: {}, labels: [], metrics: [], inputs: [], outputs: [], used: [] };
    assert.deepEqual(await read([]), bare);
    assert.deepEqual(await read(["name", "labels"]), { ...bare, labels: ["best"] });
    assert.deepEqual(await read(["parameters"]), { ...bare, parameters: whole.parameters });
    assert.deepEqual(await read(["params.model/depth", 'metrics."val/loss".min', "tags.nowhere"]), {
      ...bare,
      parameters: [{ group: "model", key: "depth", value: 50 }],
      metrics: whole.metrics,
    });
    await refuses("invalid", () => read(["metricks.loss"]), /metrics\.loss/);
  },
});
