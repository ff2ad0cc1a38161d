// Core's housekeeping over real stores: what check tells, and what gc may and may not free.
import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import {
  type BlobStore,
  createMaintenance,
  type Digest,
  linkBlob,
  type Maintenance,
  type Progress,
  parseArtifactPath,
  type RecordStore,
} from "@cairn/core";
import { HOUR } from "./conformance/blob-uploads.ts";
import { all, digestOf, pieces, refusal, sample } from "./conformance/bytes.ts";
import { newModel, newVersion, run, stamp, start } from "./conformance/world.ts";
import { filesystemBlobs } from "./filesystem/blobs.ts";
import { memoryStore } from "./memory/memory-store.ts";
import { casTree } from "./trees/cas.ts";

const tree = `run/${run(1).id}`;
const clock = { time: stamp.at, now: () => clock.time };
let folder: string;
let records: RecordStore;
let blobs: BlobStore;
let maintenance: Maintenance;

beforeEach(async () => {
  clock.time = stamp.at;
  folder = await mkdtemp(join(tmpdir(), "cairn-maintenance-"));
  records = memoryStore();
  blobs = filesystemBlobs({ folder, clock });
  maintenance = createMaintenance({ records, blobs, clock });
  await start(records);
  await records.write("runs.create", run(1), stamp);
});
afterEach(async () => {
  await records.close();
  await rm(folder, { recursive: true, force: true });
});

const write = (path: string, size: number) =>
  casTree({ records, blobs }).write(tree, parseArtifactPath(path), pieces(sample(size), 1000), stamp);
const pathOf = (digest: Digest) => join(folder, digest.slice(0, 2), digest);
const name = (digest: Digest, path: string) => ({ tree, path, digest, contentType: null, descriptor: null });
/** Purged rows go in slices, after the answer. */
async function namedBy(digest: Digest, count: number): Promise<void> {
  while ((await records.read("blobs.files", { digest, limit: 9 })).length !== count) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("a check", () => {
  it("is silent when all is well, and says how far it is", async () => {
    for (let n = 1; n < 10; n++) await write(`f${n}`, n * 1000);
    const progress: Progress[] = [];
    assert.deepEqual(await all(maintenance.check({ onProgress: (step) => progress.push(step) })), []);
    assert.deepEqual(progress.at(-1), { phase: "blobs", done: 9, bytes: 45_000 });
  });

  it("tells each blob that is missing, cut short or altered, and whose file it is; the rest is checked on", async () => {
    const [gone, cut, altered] = [await write("a/gone", 100), await write("b", 200), await write("c", 300)];
    await write("c", 301);
    await write("fine", 400);
    await rm(pathOf(gone.digest));
    await truncate(pathOf(cut.digest), 7);
    await writeFile(pathOf(altered.digest), sample(999).subarray(0, 300));
    const found = await all(maintenance.check());
    assert.deepEqual(
      found.map(({ severity, kind, id }) => [severity, kind, id]).sort(),
      [gone, cut, altered].map(({ digest }) => ["error", "blob", digest]).sort(),
    );
    const message = (digest: Digest) => found.find(({ id }) => id === digest)?.message ?? "";
    assert.match(message(gone.digest), new RegExp(`missing.* ${tree}/a/gone \\(revision 1\\)`));
    assert.match(message(cut.digest), /only 7 of its 200 bytes.*\/b /);
    assert.match(message(altered.digest), /altered.*\/c \(revision 1\)/);
  });

  // Released files are lost for good if only the run that they came from keeps them.
  it("keeps and checks what a version names, though its run is gone", async () => {
    const { digest } = await casTree({ records, blobs }).write(
      tree,
      parseArtifactPath("m/w.bin"),
      pieces(sample(90), 90),
      stamp,
    );
    const { id: model } = await records.write("models.create", newModel, stamp);
    await records.write("versions.create", newVersion(model, { tree, folder: "m" }), stamp);
    await records.write("runs.delete", { id: run(1).id }, stamp);
    await records.write("runs.purge", { id: run(1).id }, stamp);
    clock.time += 100 * HOUR;
    await namedBy(digest, 1);
    assert.equal((await maintenance.gc()).freedBlobs, 0);
    await truncate(pathOf(digest), 7);
    const [finding] = await all(maintenance.check());
    assert.match(finding?.message ?? "", /only 7 of its 90 bytes.*version\/1\.1\/w\.bin/);
    await records.write("versions.delete", { model, number: 1 }, stamp);
    await namedBy(digest, 0);
    clock.time = Date.now() + 2 * HOUR; // Cutting the file made it young, by the clock of this machine.
    assert.equal((await maintenance.gc()).freedBlobs, 1);
  });

  it("tells blobs that nothing names, and what lies about, as worth knowing", async () => {
    const { digest } = await blobs.write(pieces(sample(50), 50));
    await writeFile(join(folder, "notes.txt"), "mine");
    assert.deepEqual(
      (await all(maintenance.check())).map(({ severity, kind, id }) => [severity, kind, id]),
      [
        ["info", "orphan", digest],
        ["info", "stray", "notes.txt"],
      ],
    );
  });

  // Writing the same bytes again would make use of it without reading it.
  it("tells a damaged blob though nothing names it", async () => {
    const { digest } = await blobs.write(pieces(sample(50), 50));
    await writeFile(pathOf(digest), sample(51).subarray(0, 50));
    assert.deepEqual(
      (await all(maintenance.check())).map(({ severity, id }) => [severity, id]),
      [["error", digest]],
    );
  });

  it("tells what the records say of themselves", async () => {
    const broken: RecordStore = {
      ...records,
      async *check() {
        yield { record: "chunk 7", message: "Chunk 7 does not decode." };
      },
    };
    const findings = await all(createMaintenance({ records: broken, blobs, clock }).check());
    assert.deepEqual(findings, [
      { severity: "error", kind: "record", id: "chunk 7", message: "Chunk 7 does not decode." },
    ]);
  });
});

describe("gc", () => {
  it("frees what nothing names once it is an hour old, and says how much", async () => {
    await write("kept", 1000);
    await blobs.write(pieces(sample(2000), 500));
    await blobs.openUpload("u", null, clock.time);
    await blobs.continueUpload("u", 0, pieces(sample(300), 100));
    const none = { freedBlobs: 0, freedBytes: 0, freedUploads: 0, freedUploadBytes: 0 };
    assert.deepEqual(await maintenance.gc(), { ...none, keptYoung: 1 });
    clock.time += HOUR;
    assert.deepEqual(await maintenance.gc(), { ...none, keptYoung: 1 });
    clock.time += 1;
    const freed = { freedBlobs: 1, freedBytes: 2000, freedUploads: 1, freedUploadBytes: 300, keptYoung: 0 };
    assert.deepEqual(await maintenance.gc(), freed);
    assert.deepEqual(await all(maintenance.check()), []);
    assert.deepEqual(await maintenance.gc(), { ...none, keptYoung: 0 });
  });

  it("keeps old revisions and removed files, and frees them when their run is really deleted", async () => {
    await write("a", 10);
    await write("a", 20);
    await write("b", 30);
    await records.write("artifacts.remove", { tree, path: "b" }, stamp);
    clock.time += 2 * HOUR;
    assert.equal((await maintenance.gc()).freedBlobs, 0);
    await records.write("runs.delete", { id: run(1).id }, stamp);
    assert.equal((await maintenance.gc()).freedBlobs, 0);
    await records.write("runs.purge", { id: run(1).id }, stamp);
    while ((await records.read("blobs.named", { after: null, limit: 1 })).items.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual([(await maintenance.gc()).freedBytes, await all(blobs.list())], [60, []]);
  });

  it("cannot be told to free younger ones", async () => {
    await assert.rejects(maintenance.gc({ olderThanMs: HOUR - 1 }), refusal("invalid"));
    await blobs.write(pieces(sample(5), 5));
    clock.time += 2 * HOUR;
    assert.equal((await maintenance.gc({ olderThanMs: 3 * HOUR })).keptYoung, 1);
  });

  // The race: gc has asked which blobs are named, and before it removes one, that one gets a name.
  it("spares a blob that gets a name between the question and the removal", async () => {
    const { digest } = await blobs.write(pieces(sample(5), 5));
    clock.time += 2 * HOUR;
    const racing: RecordStore = {
      ...records,
      async read(kind, input) {
        const answer = await records.read(kind, input);
        if (kind === "blobs.referenced") await linkBlob({ records, blobs }, name(digest, "linked"), stamp);
        return answer;
      },
    };
    const result = await createMaintenance({ records: racing, blobs, clock }).gc();
    assert.deepEqual([result.freedBlobs, result.keptYoung], [0, 1]);
    assert.deepEqual(await all(maintenance.check()), []);
    assert.equal((await casTree({ records, blobs }).find(tree, parseArtifactPath("linked")))?.size, 5);
  });

  it("beside writers and linkers of the same bytes never takes what has a name", async () => {
    const sizes = Array.from({ length: 12 }, (_, n) => n + 1);
    const refused: number[] = [];
    for (let round = 0; round < 8; round++) {
      for (const size of sizes) await blobs.write(pieces(sample(100 * round + size), 64));
      clock.time += 2 * HOUR;
      await Promise.all([
        maintenance.gc(),
        ...sizes.map(async (size) => {
          const digest = digestOf(sample(100 * round + size));
          const path = `${round}/${size}`;
          if (size % 3 === 0) return write(path, 100 * round + size);
          if ((await linkBlob({ records, blobs }, name(digest, path), stamp)) === undefined) refused.push(size);
          return undefined;
        }),
      ]);
    }
    const findings = await all(maintenance.check());
    assert.deepEqual(
      findings.filter(({ severity }) => severity === "error"),
      [],
    );
    const named = await records.read("blobs.named", { after: null, limit: 1000 });
    assert.equal(named.items.length, 8 * sizes.length - refused.length);
  });
});
