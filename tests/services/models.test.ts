import assert from "node:assert/strict";
import type { Services } from "@cairn/core";
import { bytesOf, freshName, freshRun, refuses } from "./support/expect.ts";
import { inEveryWorld } from "./support/worlds.ts";

async function freshModel({ models }: Services) {
  return models.create({ name: freshName("model") });
}

inEveryWorld("models", {
  "a model is created, found by id and by name, and changed": async ({ services: { models } }) => {
    const name = freshName("it's 😀 ünï");
    const made = await models.create({ name, description: "d", author: "ada", tags: { team: "a", __proto__x: "🙂" } });
    assert.deepEqual([made.project, made.author, made.latest, made.versions], ["default", "ada", null, 0]);
    assert.deepEqual([made.aliases, made.stages], [{}, {}]);
    assert.deepEqual(await models.get(made.id), made);
    assert.deepEqual(await models.find(name), made);
    assert.equal(await models.find(`${name}?`), undefined);
    const changed = await models.update(made.id, { name: `${name}!`, tags: { team: null, kind: "x" } });
    assert.deepEqual([changed.name, changed.description], [`${name}!`, "d"]);
    assert.deepEqual(changed.tags, { __proto__x: "🙂", kind: "x" });
    assert.equal(await models.find(name), undefined);
    await refuses("not_found", () => models.update(made.id, { tags: { team: null }, strict: true }), /team/);
  },

  "a name must be able to stand before a colon, and in a path": async ({ services: { models } }) => {
    for (const name of ["", " ", "a/b", "a:b", "a\nb", ".", "..", "x".repeat(257)]) {
      await refuses("invalid", () => models.create({ name }));
    }
    const { id } = await models.create({ name: freshName("…") });
    await refuses("invalid", () => models.update(id, { name: "a:b" }), /':'/);
  },

  "a taken name is refused, numbered, given back or emptied, as the caller says": async ({ services }) => {
    const { models, versions } = services;
    const name = freshName("policy");
    const first = await models.create({ name, tags: { a: "1" } });
    await versions.create(first.id, { state: "sealed" });
    await refuses("conflict", () => models.create({ name }), /already/);
    assert.equal((await models.create({ name, onConflict: "skip", tags: { b: "2" } })).versions, 1);
    assert.equal((await models.create({ name, onConflict: "duplicate" })).name, `${name}_1`);
    await refuses("conflict", () => models.update(first.id, { name: `${name}_1` }), /already/);
    const emptied = await models.create({ name, onConflict: "overwrite", tags: { c: "3" } });
    assert.deepEqual([emptied.id, emptied.versions, emptied.latest, emptied.tags], [first.id, 0, null, { c: "3" }]);
    await refuses("not_found", () => versions.get(first.id, 1));
    assert.equal((await versions.create(first.id)).number, 2);
  },

  "a deleted model keeps its name, refuses changes, is not resolved, and comes back whole": async ({ services }) => {
    const { models, versions, versionFiles } = services;
    const { id, name } = await freshModel(services);
    await versions.create(id);
    await models.delete(id);
    await models.delete(id);
    assert.notEqual((await models.get(id)).deletedAt, null);
    assert.equal((await versions.get(id, 1)).number, 1);
    await refuses("conflict", () => models.create({ name }), /deleted/);
    await refuses("precondition", () => models.update(id, { description: "x" }), /restore/);
    await refuses("precondition", () => models.setAlias(id, "a", 1), /restore/);
    await refuses("precondition", () => models.deleteAlias(id, "a"), /restore/);
    await refuses("precondition", () => versions.create(id), /restore/);
    await refuses("precondition", () => versions.update(id, 1, { comment: "x" }), /restore/);
    await refuses("precondition", () => versions.seal(id, 1), /restore/);
    await refuses("precondition", () => versions.delete(id, 1), /restore/);
    await refuses("precondition", () => versionFiles.write(id, 1, "a", bytesOf("a")), /restore/);
    await refuses("not_found", () => versions.resolve(`${name}:1`), /deleted/);
    assert.equal((await models.restore(id)).deletedAt, null);
    assert.equal((await versions.resolve(`${name}:1`)).number, 1);
  },

  "a real delete needs a soft one first, takes the versions along, and frees the name": async ({ services }) => {
    const { models, versions, versionFiles } = services;
    const { id, name } = await freshModel(services);
    await versions.create(id);
    await versionFiles.write(id, 1, "a.bin", bytesOf("bytes"));
    await refuses("precondition", () => models.purge(id), /delete it/);
    await models.delete(id);
    await models.purge(id);
    await refuses("not_found", () => models.get(id));
    await refuses("not_found", () => versions.get(id, 1));
    await refuses("not_found", () => versionFiles.list(id, 1));
    assert.deepEqual(await versions.list([{ model: id, number: 1 }]), []);
    const again = await models.create({ name });
    assert.notEqual(again.id, id);
    assert.equal((await versions.create(again.id)).number, 1);
    assert.deepEqual((await versionFiles.list(again.id, 1)).items, []);
  },

  "an alias points at one version, moves, and goes with its version": async ({ services }) => {
    const { models, versions } = services;
    const { id } = await freshModel(services);
    for (const _ of [1, 2]) await versions.create(id, { state: "sealed" });
    assert.deepEqual((await models.setAlias(id, "champion", 1)).aliases, { champion: 1 });
    await models.setAlias(id, "__proto__", 1);
    assert.deepEqual((await versions.get(id, 1)).aliases, ["__proto__", "champion"]);
    assert.equal((await models.setAlias(id, "champion", 2)).aliases["champion"], 2);
    assert.deepEqual((await versions.get(id, 1)).aliases, ["__proto__"]);
    await refuses("not_found", () => models.setAlias(id, "champion", 3), /version 3/);
    await versions.delete(id, 2);
    assert.deepEqual(Object.keys((await models.get(id)).aliases), ["__proto__"]);
    await models.deleteAlias(id, "__proto__");
    await models.deleteAlias(id, "__proto__");
    await refuses("not_found", () => models.deleteAlias(id, "champion", true), /no alias 'champion'/);
    assert.deepEqual((await models.get(id)).aliases, {});
  },

  "an alias cannot be what a number or the latest is called": async ({ services }) => {
    const { models, versions } = services;
    const { id } = await freshModel(services);
    await versions.create(id, { state: "sealed" });
    for (const alias of ["latest", "Latest", "1", "v1", "V12", "a.b", "a b", "", "x".repeat(256), "a/b"]) {
      // A `/` or nothing in its place makes another URL of it, where there is nothing.
      if (alias === "") continue;
      await refuses("invalid", () => models.setAlias(id, alias, 1));
    }
    for (const alias of ["v", "1a", "v1a", "-", "x".repeat(255), "übung"]) await models.setAlias(id, alias, 1);
  },

  "what is not there is not_found": async ({ services: { models, versions } }) => {
    await refuses("not_found", () => models.get(987654), /987654/);
    await refuses("not_found", () => models.delete(987654));
    await refuses("not_found", () => models.restore(987654));
    await refuses("not_found", () => models.purge(987654));
    await refuses("not_found", () => models.find("x", "no such project"), /project/);
    await refuses("not_found", () => versions.create(987654));
    await refuses("not_found", () => versions.search({ project: "no such project" }), /project/);
  },

  "models are searched by filter, order and lifecycle, page by page": async ({ services: { models, versions } }) => {
    const set = freshName("set");
    const made: number[] = [];
    for (const n of [1, 2, 3]) made.push((await models.create({ name: freshName(`s${n}`), tags: { set } })).id);
    await versions.create(made[1] ?? 0, { state: "sealed" });
    const filter = `tags.set = '${set}'`;
    const ids = async (input: object) => (await models.search({ filter, ...input })).items.map(({ id }) => id);
    assert.deepEqual(await ids({}), made.toReversed());
    assert.deepEqual(await ids({ order: "name asc" }), made);
    const page = await models.search({ filter, limit: 2, order: "name asc" });
    const rest = await models.search({ filter, limit: 2, order: "name asc", cursor: page.next ?? "" });
    assert.deepEqual(
      [...page.items, ...rest.items].map(({ id }) => id),
      made,
    );
    assert.equal(rest.next, null);
    assert.deepEqual(await ids({ filter: `${filter} and latest >= 1` }), [made[1]]);
    assert.deepEqual(await ids({ filter: `${filter} and versions = 0`, order: "id asc" }), [made[0], made[2]]);
    await models.delete(made[0] ?? 0);
    assert.deepEqual(await ids({ order: "id asc" }), made.slice(1));
    assert.deepEqual(await ids({ lifecycle: "deleted" }), made.slice(0, 1));
    await refuses("invalid", () => models.search({ filter: "metrics.loss < 1" }), /metrics/);
  },

  "a live page hears of models and versions": async ({ services, events }) => {
    const { models, versions, versionFiles } = services;
    const heard: string[] = [];
    const leave = events.subscribe(({ kind, id, experiment }) => heard.push(`${kind} ${id} ${experiment}`));
    const { id } = await freshModel(services);
    await versions.create(id);
    await versionFiles.write(id, 1, "a", bytesOf("a"));
    await models.setAlias(id, "a", 1);
    await versions.delete(id, 1);
    await models.delete(id);
    await models.purge(id);
    leave();
    assert.deepEqual(heard, [
      `model.created ${id} null`,
      `version.created ${id}/1 null`,
      `model.updated ${id} null`,
      `version.updated ${id}/1 null`,
      `model.updated ${id} null`,
      `version.deleted ${id}/1 null`,
      `model.updated ${id} null`,
      `model.updated ${id} null`,
      `model.deleted ${id} null`,
    ]);
    assert.ok((await freshRun(services)).id);
  },
});
