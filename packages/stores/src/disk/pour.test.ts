import assert from "node:assert/strict";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { assertBytes, breaking, digestOf, pieces, sample } from "../conformance/bytes.ts";
import { createDigester } from "./digester.ts";
import { pour } from "./pour.ts";
import { pourHashed } from "./pour-hashed.ts";
import { endWriteThread } from "./write-thread.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cairn-pour-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const openFile = (name = "file") => open(join(folder, name), "w+");

describe("pouring bytes into a file", () => {
  it("gives the same file and digest for one size in any pieces", async () => {
    for (const size of [0, 5, 1_048_575, 1_048_576, 3_500_001]) {
      for (const length of [1000, 65_536, 1_500_000]) {
        const bytes = sample(size);
        assert.deepEqual(await pourHashed(await openFile(), pieces(bytes, length)), { digest: digestOf(bytes), size });
        assertBytes(await readFile(join(folder, "file")), bytes);
      }
    }
  });

  // The thread that hashes large files ends when it is idle, which may be amid a slow upload.
  it("goes on when the thread ends underway, and still knows the digest", async () => {
    const bytes = sample(9_000_000);
    async function* source() {
      let count = 0;
      for await (const piece of pieces(bytes, 700_000)) {
        yield piece;
        count += 1;
        if (count === 4 || count === 9) endWriteThread();
      }
    }
    const blob = await pourHashed(await openFile(), source());
    assert.deepEqual(blob, { digest: digestOf(bytes), size: bytes.length });
    assertBytes(await readFile(join(folder, "file")), bytes);
  });

  it("keeps the files of many writers at once apart", async () => {
    const sizes = Array.from({ length: 12 }, (_, n) => 500_000 * n + n);
    const blobs = await Promise.all(
      sizes.map(async (size) => pourHashed(await openFile(String(size)), pieces(sample(size), 90_000))),
    );
    for (const [index, size] of sizes.entries()) {
      assert.equal(blobs[index]?.digest, digestOf(sample(size)));
      assertBytes(await readFile(join(folder, String(size))), sample(size));
    }
  });

  it("has all that came before the source broke off, from any position on", async () => {
    const file = await openFile();
    const digester = createDigester();
    const first = await pour(file, breaking(sample(2_000_000)), { digester });
    assert.equal(first.length, 2_000_000);
    assert.match(String(first.broken?.error), /the line went dead/);
    const second = await pour(file, pieces(sample(1000), 10), { digester, position: 2_000_000 });
    assert.deepEqual(second, { length: 1000, isOver: false });
    const bytes = Buffer.concat([sample(2_000_000), sample(1000)]);
    assert.equal(await digester.digest(), digestOf(bytes));
    await file.close();
    assertBytes(await readFile(join(folder, "file")), bytes);
  });

  // Direct writes take whole blocks at whole blocks' places only; the rest goes the other way, into the same file.
  it("gives the same file wherever a large source begins and ends", async () => {
    for (const position of [0, 4096, 4097, 1_048_576]) {
      for (const size of [2_097_152, 3_145_728 + 4096, 3_145_728 + 4095]) {
        const file = await openFile();
        const digester = createDigester();
        await file.write(sample(position));
        assert.equal((await pour(file, pieces(sample(size), 65_536), { digester, position })).length, size);
        assert.equal(await digester.digest(), digestOf(sample(size)));
        await file.close();
        assertBytes(await readFile(join(folder, "file")), Buffer.concat([sample(position), sample(size)]));
      }
    }
  });

  it("stops at the limit, and frees the source", async () => {
    const file = await openFile();
    let isFreed = false;
    async function* source() {
      try {
        for (;;) yield sample(1000);
      } finally {
        isFreed = true;
      }
    }
    const poured = await pour(file, source(), { limit: 2500 });
    assert.deepEqual([poured.isOver, poured.length, isFreed], [true, 2000, true]);
    await file.close();
  });

  it("tells the system's error, once all is quiet, and frees the source", async () => {
    await (await openFile()).close();
    const file = await open(join(folder, "file"), "r");
    for (const size of [1000, 5_000_000]) {
      await assert.rejects(pour(file, pieces(sample(size), 65_536), { digester: createDigester() }), { code: "EBADF" });
    }
    await file.close();
  });
});
