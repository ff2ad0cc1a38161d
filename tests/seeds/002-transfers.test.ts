// Transfers that go wrong half-way: what was acknowledged stays, what was there before is untouched, the next one goes on.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { createClient } from "@cairn/client";
import { type Centre, ModelFile, serverCentre } from "@cairn/client/centre";
import { isTrackerError, type Services } from "@cairn/core";
import { mountSmallDisk, unmount } from "../faults/support/mounts.ts";
import { refuses } from "../services/support/expect.ts";
import { startCairn } from "../support/cairn-process.ts";

async function inScratch(act: (work: string) => Promise<void>): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "cairn-transfer-"));
  try {
    await act(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const pipeAt = (centerPath: string | Centre) =>
  new ModelFile({ modelName: "m", version: "1.0", centerPath }).filepipe();

it("a large push that broke off goes on in another process with the parts that arrived", async () => {
  await using server = await startCairn();
  await inScratch(async (work) => {
    const bytes = randomBytes(40 * 1024 * 1024);
    writeFileSync(join(work, "big"), bytes);
    const client = createClient(server.url);
    const opened: number[] = [];
    const watched = (breaksAt: number): Centre => {
      const uploads: Services["uploads"] = {
        ...client.uploads,
        open: async (size) => {
          opened.push(size ?? 0);
          return client.uploads.open(size);
        },
        continue: async (id, offset, part) => {
          if (offset >= breaksAt) throw new Error("the process ends here");
          return client.uploads.continue(id, offset, part);
        },
      };
      return serverCentre({ ...client, uploads }, server.url);
    };
    const broken = await pipeAt(watched(32 * 1024 * 1024));
    await assert.rejects(broken.push(work), /the process ends here/);
    assert.deepEqual(await broken.scanLocal(), []);
    const pipe = await pipeAt(watched(Number.POSITIVE_INFINITY));
    await pipe.push(work);
    assert.deepEqual(opened, [bytes.length], "it was opened once");
    const [found] = await pipe.scanLocal({ attributes: true });
    assert.equal(found[0]?.crc, createHash("md5").update(bytes).digest("hex"));
  });
});

it("a file that is written while it is sent is not stored", async () => {
  await using server = await startCairn();
  await inScratch(async (work) => {
    for (const centerPath of [server.url, join(work, "centre")]) {
      const pipe = await pipeAt(centerPath);
      const folder = join(work, "ws");
      mkdirSync(folder, { recursive: true });
      for (const name of ["a", "b"]) writeFileSync(join(folder, name), name.repeat(10));
      const act = () =>
        pipe.push(folder, { onProgress: ({ path }) => path === "a" && writeFileSync(join(folder, "b"), "other") });
      await refuses("conflict", act, /'b' changed while it was (?:read|sent)/);
      assert.deepEqual(await pipe.scanLocal(), ["a"]);
      await pipe.push(folder);
      assert.deepEqual(await pipe.scanLocal(), ["a", "b"], "the next push goes on");
    }
  });
});

it("a full disk refuses a pull and an import, and nothing is changed", async (t) => {
  await inScratch(async (work) => {
    const disk = join(work, "disk");
    mkdirSync(disk);
    if (!mountSmallDisk(disk, 2)) return t.skip("a small disk cannot be mounted by this user");
    try {
      const [ws, to] = [join(work, "ws"), join(disk, "to")];
      mkdirSync(ws);
      mkdirSync(to);
      writeFileSync(join(ws, "big"), randomBytes(3 * 1024 * 1024));
      writeFileSync(join(ws, "a"), "new");
      writeFileSync(join(to, "a"), "old");
      const large = await pipeAt(join(work, "centre"));
      await large.importDir(ws);
      await refuses("storage_full", () => large.pullDir(to, { merge: "overwrite" }), /Nothing was changed; free some/);
      assert.equal(readFileSync(join(to, "a"), "utf8"), "old");
      assert.deepEqual(readdirSync(to), ["a"]);
      const small = await pipeAt(join(disk, "centre"));
      await refuses("storage_full", () => small.importDir(ws));
      assert.deepEqual(await small.scanLocal(), []);
    } finally {
      unmount(disk);
    }
  });
});

it("files put there in other ways have an MD5 too, and a sealed version takes no files", async () => {
  await using server = await startCairn();
  const client = createClient(server.url);
  const { id } = await client.models.create({ name: "m" });
  await client.versions.create(id, { label: "1.0" });
  const pipe = await pipeAt(server.url);
  async function* bytes() {
    yield new TextEncoder().encode("abc");
  }
  await client.versionFiles.write(id, 1, "x", bytes());
  const [found] = await pipe.scanLocal({ attributes: true });
  assert.equal(found[0]?.crc, "900150983cd24fb0d6963f7d28e17f72");
  await client.versions.seal(id, 1);
  await inScratch(async (work) => {
    writeFileSync(join(work, "y"), "y");
    await assert.rejects(pipe.push(work), (error) => isTrackerError(error) && error.code === "precondition");
    await pipe.pull(work);
    assert.equal(readFileSync(join(work, "x"), "utf8"), "abc");
  });
});
