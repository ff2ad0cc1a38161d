// Read by Python's zipfile, which also checks every sum: our own reader would share our mistakes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import fc from "fast-check";
import { isPacked } from "./is-packed.ts";
import { type ZipFile, zip } from "./zip.ts";

const folder = mkdtempSync(join(tmpdir(), "cairn-zip-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const READ = `
import hashlib, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert len(archive.namelist()) > 1000 or archive.testzip() is None
    print(json.dumps([[i.filename, i.file_size, list(i.date_time), hashlib.sha1(archive.read(i)).hexdigest()] for i in archive.infolist()[:5]] + [len(archive.infolist())]))
`;

async function read(files: AsyncIterable<ZipFile>): Promise<unknown[]> {
  const path = join(folder, "a.zip");
  await writeFile(path, zip(files));
  return JSON.parse(execFileSync("python3", ["-c", READ, path], { encoding: "utf8" }));
}

const fileOf = (name: string, pieces: readonly Uint8Array[], packed = isPacked(name)): ZipFile => ({
  name,
  size: pieces.reduce((sum, { length }) => sum + length, 0),
  modifiedAt: Date.UTC(2026, 1, 28, 23, 59, 58),
  isPacked: packed,
  read: async function* () {
    yield* pieces;
  },
});

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

describe("a zip", () => {
  it("has each file's name, time and bytes, packed or not, however they came in pieces", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 200_000, size: "max" }), { maxLength: 4 }),
        async (pieces) => {
          const size = pieces.reduce((sum, { length }) => sum + length, 0);
          const [first, second] = (await read(
            each([fileOf("ä/图.bin", pieces, true), fileOf("b", pieces, false)]),
          )) as [unknown[], unknown[]];
          assert.deepEqual(first.slice(0, 3), ["ä/图.bin", size, [2026, 2, 28, 23, 59, 58]]);
          assert.deepEqual([second[0], second[1], second[3]], ["b", size, first[3]]);
        },
      ),
      { numRuns: 8 },
    );
  });

  it("of no files is a zip", async () => assert.deepEqual(await read(each([])), [0]));

  it("of more files than the short form counts has them all", async () => {
    const few = Array.from({ length: 66_000 }, (_, index) => fileOf(`${index}`, [], true));
    assert.equal((await read(each(few))).at(-1), 66_000);
  });

  it("opens a file when its turn comes, and closes it when the reader leaves", async () => {
    const open: string[] = [];
    const watched = (name: string): ZipFile => ({
      ...fileOf(name, []),
      size: 2 ** 30,
      read: async function* () {
        open.push(name);
        try {
          for (;;) yield Buffer.alloc(100_000);
        } finally {
          open.pop();
        }
      },
    });
    for (const name of ["a.txt", "a.png"]) {
      for await (const _ of zip(each([watched(name), watched("b")]))) {
        assert.deepEqual(open, [name]);
        break;
      }
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(open, []);
    }
  });

  it("breaks off, without its directory, when a file is shorter than it said or cannot be read", async () => {
    const short = { ...fileOf("a.txt", [Buffer.from("abc")]), size: 4 };
    const broken: ZipFile = {
      ...fileOf("a.txt", []),
      // biome-ignore lint/correctness/useYield: it fails at once.
      read: async function* () {
        throw new Error("no such blob");
      },
    };
    for (const [file, message] of [
      [short, /3 bytes and not the 4/],
      [broken, /no such blob/],
    ] as const) {
      for (const packed of [true, false]) {
        await assert.rejects(read(each([{ ...file, isPacked: packed }])), message);
      }
    }
  });
});
