import assert from "node:assert/strict";
import type { Experiment } from "@cairn/core";
import { freshName, refuses } from "./support/expect.ts";
import { inEveryWorld } from "./support/worlds.ts";

inEveryWorld("experiments", {
  "every server is born with project default and experiment 0, Default": async ({ services }) => {
    const { items } = await services.projects.list();
    assert.deepEqual(
      items.map(({ name }) => name),
      ["default"],
    );
    const born = await services.experiments.get(0);
    assert.equal(born.name, "Default");
    assert.equal(born.deletedAt, null);
  },

  "an experiment is created, found by id and by name, and changed": async ({ services: { experiments } }) => {
    const name = freshName("digits '😀'");
    const made = await experiments.create({ name, description: "d", tags: { team: "a", "it's": "🙂" } });
    assert.equal(made.project, "default");
    assert.deepEqual(made.tags, { team: "a", "it's": "🙂" });
    assert.deepEqual(await experiments.get(made.id), made);
    assert.deepEqual(await experiments.find(name), made);
    assert.equal(await experiments.find(`${name}?`), undefined);

    const changed = await experiments.update(made.id, { name: `${name}!`, tags: { team: null, stage: "x" } });
    assert.equal(changed.name, `${name}!`);
    assert.equal(changed.description, "d");
    assert.deepEqual(changed.tags, { "it's": "🙂", stage: "x" });
    assert.ok(changed.updatedAt >= made.updatedAt);
    assert.equal(await experiments.find(name), undefined);
    await refuses("not_found", () => experiments.update(made.id, { tags: { team: null }, strict: true }), /team/);
  },

  "a taken name is refused, numbered, given back or emptied, as the caller says": async ({ services }) => {
    const { experiments, runs } = services;
    const name = freshName("policy");
    const first = await experiments.create({ name, tags: { a: "1" } });
    const run = await runs.create({ experiment: first.id });
    await refuses("conflict", () => experiments.create({ name }), /already/);
    assert.deepEqual(await experiments.create({ name, onConflict: "skip", tags: { b: "2" } }), first);
    const second = await experiments.create({ name, onConflict: "duplicate" });
    assert.notEqual(second.id, first.id);
    assert.equal(second.name, `${name}_1`);
    const emptied = await experiments.create({ name, onConflict: "overwrite", tags: { c: "3" } });
    assert.equal(emptied.id, first.id);
    assert.deepEqual(emptied.tags, { c: "3" });
    assert.notEqual((await runs.get(run.id)).deletedAt, null);
    await refuses("conflict", () => experiments.update(second.id, { name }), /already/);
  },

  "a deleted experiment keeps its name, refuses writes, and comes back whole": async ({ services }) => {
    const { experiments, runs } = services;
    const name = freshName("deleted");
    const { id } = await experiments.create({ name });
    const run = await runs.create({ experiment: id });
    await experiments.delete(id);
    await experiments.delete(id);
    assert.notEqual((await experiments.get(id)).deletedAt, null);
    assert.notEqual((await runs.get(run.id)).deletedAt, null);
    await refuses("conflict", () => experiments.create({ name }), /deleted/);
    await refuses("precondition", () => experiments.update(id, { description: "x" }), /restore/);
    await refuses("precondition", () => runs.create({ experiment: id }), /restore/);
    await refuses("precondition", () => runs.log(run.id, { tags: { a: "b" } }), /restore/);
    await refuses("precondition", () => runs.restore(run.id), /experiment/);
    assert.equal((await experiments.restore(id)).deletedAt, null);
    assert.equal((await runs.get(run.id)).deletedAt, null);
  },

  "a real delete needs a soft one first, takes the runs along, and frees the name": async ({ services }) => {
    const { experiments, runs } = services;
    const name = freshName("purged");
    const { id } = await experiments.create({ name });
    const run = await runs.create({ experiment: id });
    await refuses("precondition", () => experiments.purge(id), /delete it/);
    await experiments.delete(id);
    await experiments.purge(id);
    await refuses("not_found", () => experiments.get(id));
    await refuses("not_found", () => runs.get(run.id));
    assert.equal(await experiments.find(name), undefined);
    assert.notEqual((await experiments.create({ name })).id, id);
  },

  "what is not there is not_found": async ({ services: { experiments } }) => {
    await refuses("not_found", () => experiments.get(987654), /987654/);
    await refuses("not_found", () => experiments.delete(987654));
    await refuses("not_found", () => experiments.restore(987654));
    await refuses("not_found", () => experiments.purge(987654));
    await refuses("not_found", () => experiments.find("x", "no such project"), /project/);
  },

  "experiments are searched by filter, order and lifecycle, page by page": async ({ services: { experiments } }) => {
    const tag = freshName("set");
    const made: Experiment[] = [];
    for (const n of [1, 2, 3]) made.push(await experiments.create({ name: freshName(`search ${n}`), tags: { tag } }));
    const filter = `tags.tag = '${tag}'`;
    const ids = async (input: object) => (await experiments.search({ filter, ...input })).items.map(({ id }) => id);
    const all = made.map(({ id }) => id);
    assert.deepEqual(await ids({}), all.toReversed());
    assert.deepEqual(await ids({ order: "name asc" }), all);
    const page = await experiments.search({ filter, limit: 2, order: "name asc" });
    assert.equal(page.items.length, 2);
    const rest = await experiments.search({ filter, limit: 2, order: "name asc", cursor: page.next ?? "" });
    assert.deepEqual(
      [...page.items, ...rest.items].map(({ id }) => id),
      all,
    );
    assert.equal(rest.next, null);
    await experiments.delete(all[0] ?? 0);
    assert.deepEqual(await ids({ order: "name asc" }), all.slice(1));
    assert.deepEqual(await ids({ lifecycle: "deleted" }), all.slice(0, 1));
    assert.deepEqual((await ids({ lifecycle: "all" })).length, 3);
  },
});
