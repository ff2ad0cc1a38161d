import assert from "node:assert/strict";
import { test } from "node:test";
import { type TarFile, tar } from "./tar.ts";

async function archive(files: readonly TarFile[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of tar(files, 1_500_000_000_999)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const file = (path: string, text: string): TarFile => ({
  path,
  size: Buffer.byteLength(text),
  async *read() {
    yield Buffer.from(text);
  },
});

test("an archive is whole blocks, with a header for each file and two empty blocks at the end", async () => {
  const bytes = await archive([file("a.txt", "hello"), file("empty", "")]);
  assert.equal(bytes.length, 512 * (2 + 1 + 2));
  assert.equal(bytes.toString("latin1", 0, 6), "a.txt\0");
  assert.equal(bytes.toString("latin1", 124, 136), "00000000005\0");
  assert.equal(bytes.toString("latin1", 136, 147), (1_500_000_000).toString(8).padStart(11, "0"));
  assert.equal(bytes.toString("latin1", 257, 265), "ustar\x0000");
  assert.equal(bytes.toString("latin1", 512, 517), "hello");
  assert.ok(bytes.subarray(-1024).every((byte) => byte === 0));
});

test("a header's sum is that of its bytes with blanks in its place", async () => {
  const block = (await archive([file("a.txt", "hello")])).subarray(0, 512);
  const said = Number.parseInt(block.toString("latin1", 148, 154), 8);
  const counted = block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
  assert.equal(said, counted);
});

// The length of a pax record counts its own digits: one off at 99/100 and unpackers lose the name.
test("a long or foreign name stands in a record whose length counts itself", async () => {
  for (let size = 80; size < 130; size++) {
    const name = `ü${"x".repeat(size)}`;
    const bytes = await archive([file(name, "")]);
    const length = Number.parseInt(bytes.toString("latin1", 124, 135), 8);
    const record = bytes.subarray(512, 512 + length).toString();
    assert.equal(record, `${length} path=${name}\n`);
  }
});
