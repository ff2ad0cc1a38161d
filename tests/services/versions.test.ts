import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Model, Services } from "@cairn/core";
import { bytesOf, freshName, freshRun, refuses, textOf } from "./support/expect.ts";
import { inEveryWorld } from "./support/worlds.ts";

function freshModel({ models }: Services): Promise<Model> {
  return models.create({ name: freshName("model") });
}

async function contentOf({ versionFiles }: Services, model: number, number: number, path: string): Promise<string> {
  return textOf((await versionFiles.find(model, number, path))?.read() ?? bytesOf("nothing"));
}

/** A run with `model/weights.bin` and `model/conf/a.txt`, and a file beside them. */
async function runWithModel(services: Services): Promise<string> {
  const { id } = await freshRun(services);
  await services.artifacts.write(id, "model/weights.bin", bytesOf("old"));
  await services.artifacts.write(id, "model/weights.bin", bytesOf("weights"), { contentType: "application/x-w" });
  await services.artifacts.write(id, "model/conf/a.txt", bytesOf("conf"));
  await services.artifacts.write(id, "model2/other.txt", bytesOf("other"));
  return id;
}

inEveryWorld("versions", {
  "a version has all that it was given, by number and by key": async ({ services }) => {
    const { versions } = services;
    const model = await freshModel(services);
    const given = {
      label: "1.0",
      stage: "Staging",
      metadata: { Accuracy: 0.83, loss: Number.NaN, classes: ["a", "b"], "Input-Data-Source": "it's", nothing: null },
      comment: "first",
      author: "ada",
      run: "elsewhere",
      source: "s3://bucket/model",
      link: "https://example.org",
      checkpoint: "m-1",
      tags: { team: "vision" },
    };
    const made = await versions.create(model.id, given);
    const { onConflict: _, ...expected } = { ...given, onConflict: "" };
    const { createdAt, updatedAt, ...rest } = made;
    assert.deepEqual(rest, {
      ...expected,
      model: model.id,
      name: model.name,
      number: 1,
      state: "draft",
      files: 0,
      bytes: 0,
      sealedAt: null,
      aliases: [],
    });
    assert.ok(updatedAt >= createdAt);
    assert.deepEqual(await versions.get(model.id, 1), made);
    assert.deepEqual(await versions.list([{ model: model.id, number: 1 }]), [made]);
    await refuses("not_found", () => versions.get(model.id, 2), /no version 2/);
    await refuses("not_found", () => versions.update(model.id, 1, { tags: { nope: null }, strict: true }), /nope/);
  },

  "numbers are never given out again": async ({ services }) => {
    const { versions, models } = services;
    const { id } = await freshModel(services);
    for (const number of [1, 2, 3]) assert.equal((await versions.create(id)).number, number);
    await versions.delete(id, 3);
    await versions.delete(id, 1);
    await refuses("not_found", () => versions.delete(id, 3));
    assert.equal((await versions.create(id)).number, 4);
    assert.equal((await models.get(id)).versions, 2);
  },

  "versions made at the same time get distinct numbers that follow each other": async ({ services }) => {
    const { id } = await freshModel(services);
    const made = await Promise.all(
      Array.from({ length: 50 }, (_, n) => services.versions.create(id, { label: `${n}.0` })),
    );
    assert.deepEqual(
      made.map(({ number }) => number).sort((a, b) => a - b),
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    const same = await Promise.allSettled(
      Array.from({ length: 10 }, () => services.versions.create(id, { label: "one" })),
    );
    assert.equal(same.filter(({ status }) => status === "fulfilled").length, 1);
    assert.equal((await services.versions.create(id)).number, 52);
  },

  "a label is unique in its model; a taken one is refused, numbered, given back or replaced": async ({ services }) => {
    const { versions, models } = services;
    const [{ id }, other] = [await freshModel(services), await freshModel(services)];
    await versions.create(id, { label: "1.0", comment: "first" });
    await versions.create(other.id, { label: "1.0" });
    await refuses("conflict", () => versions.create(id, { label: "1.0" }), /labelled '1\.0' \(number 1\)/);
    assert.equal((await versions.create(id, { label: "1.0", onConflict: "skip" })).comment, "first");
    assert.equal((await versions.create(id, { label: "1.0", onConflict: "duplicate" })).label, "1.0_1");
    const replaced = await versions.create(id, { label: "1.0", onConflict: "overwrite" });
    assert.deepEqual([replaced.number, replaced.comment], [3, ""]);
    await refuses("not_found", () => versions.get(id, 1));
    assert.equal((await models.get(id)).versions, 2);
    await refuses("conflict", () => versions.update(id, 2, { label: "1.0" }));
    assert.equal((await versions.update(id, 2, { label: null })).label, null);
    for (const label of ["", "a/b", "..", ".", "a b", "latest", "x".repeat(129)]) {
      await refuses("invalid", () => versions.create(id, { label }));
    }
    for (const label of ["model_version", "1", "v1.0-rc+2", "版本"]) await versions.create(id, { label });
  },

  "of a sealed version files, metadata and label stay; comment, stage, tags and aliases move": async ({ services }) => {
    const { versions, versionFiles, models } = services;
    const { id } = await freshModel(services);
    await versions.create(id, { metadata: { a: 1 }, label: "x" });
    await versionFiles.write(id, 1, "a.txt", bytesOf("a"));
    const drafted = await versions.update(id, 1, { metadata: { b: 2 }, label: "y" });
    assert.deepEqual([drafted.metadata, drafted.label], [{ b: 2 }, "y"]);
    assert.equal((await models.get(id)).latest, null);
    const sealed = await versions.seal(id, 1);
    assert.equal(sealed.state, "sealed");
    assert.notEqual(sealed.sealedAt, null);
    assert.deepEqual(await versions.seal(id, 1), sealed);
    assert.equal((await models.get(id)).latest, 1);
    await refuses("precondition", () => versionFiles.write(id, 1, "b.txt", bytesOf("b")), /sealed/);
    await refuses("precondition", () => versionFiles.delete(id, 1, "a.txt"), /sealed/);
    const digest = createHash("sha256").update("a").digest("hex");
    await refuses("precondition", () => versionFiles.link(id, 1, "b.txt", digest), /sealed/);
    await refuses("precondition", () => versions.update(id, 1, { metadata: {} }), /sealed/);
    await refuses("precondition", () => versions.update(id, 1, { label: "z" }), /sealed/);
    await models.setAlias(id, "live", 1);
    const changed = await versions.update(id, 1, { comment: "c", stage: "Production", tags: { t: "1" } });
    assert.deepEqual(
      [changed.comment, changed.stage, changed.tags, changed.aliases, changed.createdAt],
      ["c", "Production", { t: "1" }, ["live"], sealed.createdAt],
    );
    assert.equal(await contentOf(services, id, 1, "a.txt"), "a");
  },

  "latest is the highest sealed number that is not deleted": async ({ services }) => {
    const { versions, models } = services;
    const { id, name } = await freshModel(services);
    assert.equal(await versions.find(id, "latest"), undefined);
    await refuses("not_found", () => versions.resolve(name), /latest/);
    for (const state of ["sealed", "sealed", "draft"] as const) await versions.create(id, { state });
    assert.equal((await versions.resolve(name)).number, 2);
    assert.equal((await versions.resolve(`${name}:latest`)).number, 2);
    await versions.delete(id, 2);
    assert.equal((await models.get(id)).latest, 1);
    await versions.seal(id, 3);
    assert.equal((await versions.find(id, "latest"))?.number, 3);
  },

  "model:ref is a number, then a label, where it is digits; else an alias, then a label": async ({ services }) => {
    const { versions, models } = services;
    const { id, name } = await freshModel(services);
    for (const label of ["3", "7", "live", "1.0"]) await versions.create(id, { label });
    const numberOf = async (ref: string) => (await versions.resolve(`${name}:${ref}`)).number;
    assert.deepEqual([await numberOf("3"), await numberOf("7"), await numberOf("1.0")], [3, 2, 4]);
    assert.equal(await numberOf("live"), 3);
    await models.setAlias(id, "live", 1);
    assert.equal(await numberOf("live"), 1);
    await models.deleteAlias(id, "live");
    assert.equal(await numberOf("live"), 3);
    await versions.delete(id, 3);
    assert.equal(await numberOf("3"), 1, "a label of digits is found once its number is gone");
    for (const ref of ["9", "nope", "01", "99999999999999999999"]) {
      await refuses("not_found", () => numberOf(ref));
      assert.equal(await versions.find(id, ref), undefined);
    }
    await refuses("not_found", () => versions.resolve("no such model:1"), /no such model/);
    for (const ref of ["", ":1", `${name}:`])
      await refuses("invalid", () => versions.resolve(ref), /Invalid model ref/);
  },

  "a draft's files are written, listed, read, replaced and taken away": async ({ services }) => {
    const { versions, versionFiles } = services;
    const { id } = await freshModel(services);
    await versions.create(id);
    const made = await versionFiles.write(id, 1, "sub/it's 😀.bin", bytesOf("hello"), { contentType: "text/plain" });
    assert.deepEqual([made.revision, made.size], [1, 5]);
    const linked = await versionFiles.link(id, 1, "b", made.digest);
    assert.equal(linked?.size, 5);
    assert.equal(await versionFiles.link(id, 1, "c", "0".repeat(64)), undefined);
    await versionFiles.write(id, 1, "b", bytesOf("bye"));
    assert.deepEqual((await versionFiles.list(id, 1)).items, [
      { path: "b", isFolder: false, size: 3 },
      { path: "sub", isFolder: true, size: 0 },
    ]);
    const { files, bytes } = await versions.get(id, 1);
    assert.deepEqual([files, bytes], [2, 8]);
    assert.equal(await contentOf(services, id, 1, "sub/it's 😀.bin"), "hello");
    assert.equal(await versionFiles.find(id, 1, "nothing"), undefined);
    assert.equal(await versionFiles.delete(id, 1, "sub"), 1);
    await refuses("not_found", () => versionFiles.delete(id, 1, "sub"));
    assert.deepEqual([(await versions.get(id, 1)).files, (await versions.get(id, 1)).bytes], [1, 3]);
    await refuses("not_found", () => versionFiles.write(id, 2, "a", bytesOf("a")));
    await refuses("not_found", () => versionFiles.find(id, 2, "a"));
    await refuses("invalid", () => versionFiles.write(id, 1, "../a", bytesOf("a")));
  },

  "a version made from a run's folder keeps its files, whatever becomes of the run": async ({ services }) => {
    const { versions, versionFiles, artifacts, runs } = services;
    const { id } = await freshModel(services);
    const run = await runWithModel(services);
    const made = await versions.create(id, { state: "sealed", from: { run, folder: "model" } });
    assert.deepEqual([made.run, made.files, made.bytes], [run, 2, 11]);
    await artifacts.write(run, "model/weights.bin", bytesOf("retrained"));
    await artifacts.delete(run, "model/conf");
    await runs.delete(run);
    await runs.purge(run);
    assert.equal(await contentOf(services, id, 1, "weights.bin"), "weights");
    assert.equal((await versionFiles.find(id, 1, "weights.bin"))?.contentType, "application/x-w");
    assert.equal(await contentOf(services, id, 1, "conf/a.txt"), "conf");
    assert.deepEqual(
      (await versionFiles.list(id, 1)).items.map(({ path }) => path),
      ["conf", "weights.bin"],
    );
  },

  "a version is made from all of a run's files, or from one": async ({ services }) => {
    const { versions } = services;
    const { id } = await freshModel(services);
    const run = await runWithModel(services);
    assert.equal((await versions.create(id, { from: { run } })).files, 3);
    await versions.create(id, { from: { run, folder: "model/weights.bin" } });
    assert.equal(await contentOf(services, id, 2, "weights.bin"), "weights");
    await refuses("not_found", () => versions.create(id, { from: { run, folder: "mod" } }), /no files at 'mod'/);
    await refuses("not_found", () => versions.create(id, { from: { run: "0".repeat(32) } }));
    await refuses("invalid", () => versions.create(id, { from: { run, folder: "../x" } }));
    assert.equal((await versions.create(id)).number, 3, "a refusal spends no number");
  },

  "a copy has what its origin has, save what is given": async ({ services }) => {
    const { versions, models } = services;
    const [{ id }, target] = [await freshModel(services), await freshModel(services)];
    const run = await runWithModel(services);
    const origin = await versions.create(id, {
      state: "sealed",
      from: { run, folder: "model" },
      label: "1.0",
      stage: "Production",
      metadata: { a: 1 },
      comment: "c",
      tags: { t: "1" },
    });
    await models.setAlias(id, "live", 1);
    const copy = await versions.copy(id, 1, { to: target.id, comment: "copied", source: "models:/x/1" });
    assert.deepEqual(
      [copy.model, copy.number, copy.label, copy.stage, copy.aliases, copy.comment, copy.source],
      [target.id, 1, null, "", [], "copied", "models:/x/1"],
    );
    assert.deepEqual(
      [copy.metadata, copy.tags, copy.run, copy.files, copy.bytes, copy.state],
      [origin.metadata, origin.tags, run, 2, 11, "sealed"],
    );
    await models.delete(id);
    await models.purge(id);
    assert.equal(await contentOf(services, target.id, 1, "conf/a.txt"), "conf");
    assert.equal((await versions.copy(target.id, 1, { to: target.id, state: "draft" })).number, 2);
    await refuses("not_found", () => versions.copy(target.id, 9, { to: target.id }));
    await refuses("not_found", () => versions.copy(target.id, 1, { to: 987654 }));
  },

  "a stage is taken over from those that have it": async ({ services }) => {
    const { versions, models } = services;
    const { id } = await freshModel(services);
    for (const stage of ["Production", "Staging", "Production"]) await versions.create(id, { stage, state: "sealed" });
    await versions.create(id, { stage: "Production" });
    await versions.update(id, 2, { stage: "Production", moveOthersTo: "Archived" });
    assert.deepEqual((await models.get(id)).stages, { Archived: 3, Production: 2 });
    for (const number of [1, 4]) assert.equal((await versions.get(id, number)).stage, "Archived");
  },

  "versions are searched by what they have, in every model or in some": async ({ services }) => {
    const { versions, models } = services;
    const [a, b] = [await freshModel(services), await freshModel(services)];
    const set = freshName("set");
    for (const [model, accuracy, run] of [
      [a, 0.7, "r1"],
      [b, 0.9, "r2"],
      [a, 0.8, "r2"],
    ] as const) {
      await versions.create(model.id, { metadata: { accuracy }, run: `${set} ${run}`, tags: { set }, state: "sealed" });
    }
    const found = async (filter: string, input: object = {}) =>
      (
        await versions.search({ filter: `tags.set = '${set}'${filter}`, order: "metadata.accuracy asc", ...input })
      ).items.map(({ name, number }) => `${name === a.name ? "a" : "b"}${number}`);
    assert.deepEqual(await found(""), ["a1", "a2", "b1"]);
    assert.deepEqual(await found(" and metadata.accuracy > 0.75"), ["a2", "b1"]);
    assert.deepEqual(await found(` and model = '${a.name}'`), ["a1", "a2"]);
    assert.deepEqual(await found(` and (model = '${a.name}' or model = '${b.name}')`), ["a1", "a2", "b1"]);
    assert.deepEqual(await found(` and run = '${set} r2'`), ["a2", "b1"]);
    assert.deepEqual(await found(` and run = '${set} r2'`, { models: [b.id] }), ["b1"]);
    assert.deepEqual(await found("", { models: [a.id] }), ["a1", "a2"]);
    assert.deepEqual(await found(" and state = 'draft'"), []);
    const first = await versions.search({ filter: `tags.set = '${set}'`, order: "number desc, model asc", limit: 1 });
    const rest = await versions.search({
      filter: `tags.set = '${set}'`,
      order: "number desc, model asc",
      limit: 5,
      cursor: first.next ?? "",
    });
    assert.deepEqual(
      [...first.items, ...rest.items].map(({ number }) => number),
      [2, 1, 1],
    );
    await models.delete(a.id);
    assert.deepEqual(await found(""), ["b1"]);
    assert.deepEqual(await found("", { lifecycle: "deleted" }), ["a1", "a2"]);
    await refuses("invalid", () => versions.search({ filter: "metrics.loss < 1" }), /metadata|params/);
  },

  "metadata holds any JSON and nothing else": async ({ services }) => {
    const { versions } = services;
    const { id } = await freshModel(services);
    const metadata = { deep: { a: [1, { b: null }] }, inf: Number.NEGATIVE_INFINITY, __proto__x: "", "a.b": true };
    assert.deepEqual((await versions.create(id, { metadata })).metadata, metadata);
    await refuses("invalid", () => versions.create(id, { metadata: { "": 1 } }));
    await refuses("invalid", () => versions.create(id, { metadata: { a: "\0" } }));
  },
});
