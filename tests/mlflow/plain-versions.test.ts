// With --artifacts-destination a run's files are plain files that anybody may edit or delete: a version must not care.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { createClient } from "@cairn/client";
import { startCairn } from "../support/cairn-process.ts";

describe("a version made from plain files", () => {
  it("has copies of them, whatever becomes of the folder or the run", async () => {
    const folder = await mkdtemp(join(tmpdir(), "cairn-plain-"));
    const cairn = await startCairn({ args: ["--artifacts-destination", folder] });
    try {
      const { runs, artifacts, models, versions, versionFiles } = createClient(cairn.url);
      const run = await runs.create();
      for (const path of ["model/a.txt", "model/deep/b.txt", "beside.txt"]) {
        await artifacts.write(run.id, path, bytesOf(path));
      }
      const { id } = await models.create({ name: "m" });
      const made = await versions.create(id, { state: "sealed", from: { run: run.id, folder: "model" } });
      assert.deepEqual([made.files, made.bytes, made.run], [2, 27, run.id]);
      const plain = join(folder, "0", run.id, "artifacts", "model", "a.txt");
      assert.equal(await readFile(plain, "utf8"), "model/a.txt");
      await writeFile(plain, "changed");
      await runs.delete(run.id);
      await runs.purge(run.id);
      assert.equal(await textOf(await versionFiles.find(id, 1, "a.txt")), "model/a.txt");
      assert.equal(await textOf(await versionFiles.find(id, 1, "deep/b.txt")), "model/deep/b.txt");
      await versions.create(id);
      await versionFiles.write(id, 2, "mine.bin", bytesOf("draft"));
      assert.equal(await textOf(await versionFiles.find(id, 2, "mine.bin")), "draft");
      assert.equal(await versionFiles.delete(id, 2, "mine.bin"), 1);
      await assert.rejects(versions.create(id, { from: { run: run.id } }), { code: "not_found" });
    } finally {
      await cairn[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function textOf(content: { read(): AsyncIterable<Uint8Array> } | undefined): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of content?.read() ?? []) parts.push(part);
  return Buffer.concat(parts).toString();
}
