// What a file centre needs of drafts: all files with their digests, and large files that arrive in parts.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Artifact, Services } from "@cairn/core";
import { bytesOf, freshName, freshRun, refuses, textOf } from "./support/expect.ts";
import { inEveryWorld } from "./support/worlds.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

async function freshDraft({ models, versions }: Services): Promise<number> {
  const { id } = await models.create({ name: freshName("centre") });
  await versions.create(id, { label: "1.0" });
  return id;
}

inEveryWorld("the manifest of a version", {
  "lists every file below all folders by path, with size and digest, in pages": async ({ services }) => {
    const { versionFiles } = services;
    const id = await freshDraft(services);
    for (const path of ["b/2.txt", "a.txt", "b/c/3.txt", "b.txt", "gone.txt"]) {
      await versionFiles.write(id, 1, path, bytesOf("old"));
      await versionFiles.write(id, 1, path, bytesOf(path));
    }
    await versionFiles.delete(id, 1, "gone.txt");
    const all = await versionFiles.manifest(id, 1);
    const paths = ["a.txt", "b.txt", "b/2.txt", "b/c/3.txt"];
    assert.equal(all.next, null);
    assert.deepEqual(
      all.items.map(({ path, size, digest }) => [path, size, digest]),
      paths.map((path) => [path, path.length, sha256(path)]),
    );
    const paged: Artifact[] = [];
    for (let cursor: string | undefined = "", pages = 0; cursor !== undefined; pages++) {
      const page = await versionFiles.manifest(id, 1, { limit: 3, ...(cursor === "" ? {} : { cursor }) });
      paged.push(...page.items);
      cursor = page.next ?? undefined;
      assert.ok(pages < 2);
    }
    assert.deepEqual(paged, all.items);
  },

  "is refused for a version that is not there, and for a limit out of range": async ({ services }) => {
    const id = await freshDraft(services);
    assert.deepEqual(await services.versionFiles.manifest(id, 1), { items: [], next: null });
    await refuses("not_found", () => services.versionFiles.manifest(id, 2), /no version 2/);
    await refuses("invalid", () => services.versionFiles.manifest(id, 1, { limit: 0 }));
  },
});

inEveryWorld("versions by their label", {
  // The word is also that of a run's many labels, which hid it.
  "are found by the bare word": async ({ services }) => {
    const id = await freshDraft(services);
    await services.versions.create(id, { label: "it" });
    const find = async (filter: string) =>
      (await services.versions.search({ filter, models: [id] })).items.map(({ number }) => number);
    assert.deepEqual(await find("label = 'it'"), [2]);
    assert.deepEqual(await find("label LIKE '1%' AND number = 1"), [1]);
    assert.deepEqual(await find("attributes.label = 'nope'"), []);
  },
});

inEveryWorld("an upload in parts for a draft", {
  "becomes a file of it": async ({ services }) => {
    const { uploads, versionFiles } = services;
    const id = await freshDraft(services);
    const upload = await uploads.open(11);
    await uploads.continue(upload.id, 0, bytesOf("hello "));
    await uploads.continue(upload.id, 6, bytesOf("world"));
    const target = { model: id, number: 1, path: "sub/a.txt", digest: sha256("hello world"), descriptor: "d" };
    const made = await uploads.finish(upload.id, target);
    assert.deepEqual([made.path, made.size, made.descriptor], ["sub/a.txt", 11, "d"]);
    assert.equal(await textOf((await versionFiles.find(id, 1, "sub/a.txt"))?.read() ?? bytesOf()), "hello world");
    assert.equal((await services.versions.get(id, 1)).bytes, 11);
  },

  // A finished upload takes no more bytes, so a refusal must leave it open.
  "stays open when the version takes no such file": async ({ services }) => {
    const { uploads, versions, versionFiles } = services;
    const id = await freshDraft(services);
    const { id: run } = await freshRun(services);
    const upload = await uploads.open(1);
    await uploads.continue(upload.id, 0, bytesOf("x"));
    const refused = (code: "invalid" | "not_found" | "conflict" | "precondition", target: object) =>
      refuses(code, () => uploads.finish(upload.id, { path: "a", ...target }));
    await refused("invalid", { model: id });
    await refused("invalid", { run, model: id, number: 1 });
    await refused("invalid", { model: id, number: 1, path: "../a" });
    await refused("not_found", { model: id, number: 2 });
    await versionFiles.write(id, 1, "a/b", bytesOf("b"));
    await refused("conflict", { model: id, number: 1 });
    await versions.seal(id, 1);
    await refused("precondition", { model: id, number: 1, path: "c" });
    assert.equal((await uploads.get(upload.id)).received, 1);
    assert.equal((await uploads.finish(upload.id, { run, path: "a" })).size, 1);
  },
});
