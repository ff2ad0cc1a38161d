// What disks, kills and other hands do to the folder of the blobs.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, it } from "node:test";
import type { BlobStore, Digest } from "@cairn/core";
import { all, collect, digestOf, pieces, refusal, sample } from "../conformance/bytes.ts";
import { filesystemBlobs } from "./blobs.ts";

const clock = { now: () => Date.now() };
let root: string;
let folder: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "cairn-faults-"));
  folder = join(root, "blobs");
});
afterEach(() => rm(root, { recursive: true, force: true }));

const open = (): BlobStore => filesystemBlobs({ folder, clock });
const pathOf = (digest: Digest) => join(folder, digest.slice(0, 2), digest);
const leftovers = () => readdir(join(folder, "tmp"));

describe("damage to blobs on disk", () => {
  it("is told by a check: cut short, altered, gone", async () => {
    const blobs = open();
    const [cut, altered, gone] = await Promise.all([3000, 3001, 3002].map((n) => blobs.write(pieces(sample(n), 999))));
    assert.ok(cut && altered && gone);
    await truncate(pathOf(cut.digest), 1000);
    await writeFile(pathOf(altered.digest), sample(3003).subarray(0, 3001));
    await rm(pathOf(gone.digest));
    const found = await Promise.all([cut, altered, gone].map(({ digest, size }) => blobs.check(digest, size)));
    assert.deepEqual(
      found.map((damage) => damage?.problem),
      ["truncated", "altered", "missing"],
    );
    assert.match(found[0]?.message ?? "", /only 1000 of its 3000 bytes/);
  });

  // A blob cut short must not swallow a new upload of the same bytes as "already there".
  it("is healed by writing the bytes again", async () => {
    const blobs = open();
    const { digest } = await blobs.write(pieces(sample(3000), 999));
    await truncate(pathOf(digest), 1000);
    await blobs.write(pieces(sample(3000), 999));
    assert.equal(await blobs.check(digest, 3000), null);
  });
});

describe("links and strangers in the folder", () => {
  it("are not followed: a blob that is a link is not there, and writing puts a file in its place", async () => {
    const blobs = open();
    const { digest } = await blobs.write(pieces(sample(100), 10));
    const outside = join(root, "outside");
    await rename(pathOf(digest), outside);
    await symlink(outside, pathOf(digest));
    assert.equal(await blobs.find(digest), undefined);
    await assert.rejects(collect(blobs.read(digest)), refusal("not_found"));
    assert.equal((await blobs.check(digest, 100))?.problem, "missing");
    assert.equal(await blobs.remove(digest, Date.now() + 1e6), false);
    assert.match((await all(blobs.strays()))[0]?.message ?? "", /symbolic link/);
    await blobs.write(pieces(sample(100), 10));
    assert.equal(await blobs.check(digest, 100), null);
    assert.deepEqual(await readFile(outside), Buffer.from(sample(100)));
  });

  it("are not followed: nor a folder of blobs that is a link", async () => {
    const { digest } = await open().write(pieces(sample(100), 10));
    const outside = join(root, "outside");
    await rename(join(folder, digest.slice(0, 2)), outside);
    await symlink(outside, join(folder, digest.slice(0, 2)));
    const blobs = open();
    assert.equal(await blobs.find(digest), undefined);
    assert.deepEqual(await all(blobs.list()), []);
    assert.equal((await all(blobs.strays())).length, 1);
    await assert.rejects(blobs.write(pieces(sample(100), 10)), refusal("unavailable"));
    assert.deepEqual(await leftovers(), []);
  });

  it("are not followed: nor an upload that is a link", async () => {
    const blobs = open();
    await blobs.openUpload("u", null, 1);
    await rename(join(folder, "uploads", "u"), join(root, "u"));
    await symlink(join(root, "u"), join(folder, "uploads", "u"));
    assert.equal(await blobs.findUpload("u"), undefined);
    await assert.rejects(blobs.continueUpload("u", 0, pieces(sample(9), 9)), refusal("not_found"));
  });

  it("are told and left alone", async () => {
    const blobs = open();
    const { digest } = await blobs.write(pieces(sample(100), 10));
    await writeFile(join(folder, digest.slice(0, 2), "notes.txt"), "mine");
    await writeFile(join(folder, "README"), "mine");
    await mkdir(join(folder, "zz"));
    const strays = await all(blobs.strays());
    assert.deepEqual(
      strays.map((stray) => stray.digest),
      ["README", `${digest.slice(0, 2)}/notes.txt`, "zz"].sort(),
    );
    assert.equal((await all(blobs.list())).length, 1);
  });

  it("make a refusal in plain words when they stand in the way", async () => {
    const blobs = open();
    await writeFile(join(folder, digestOf(sample(100)).slice(0, 2)), "a file where a folder belongs");
    await assert.rejects(blobs.write(pieces(sample(100), 10)), refusal("unavailable"));
    assert.deepEqual(await leftovers(), []);
  });
});

describe("a folder that takes no writes", () => {
  it("makes a refusal that names no path of the server, and reading goes on", async () => {
    const blobs = open();
    const { digest } = await blobs.write(pieces(sample(100), 10));
    await chmod(root, 0o755);
    const giveBack = await dropRights([folder, join(folder, "tmp"), join(folder, "uploads")]);
    try {
      await assert.rejects(
        blobs.write(pieces(sample(101), 10)),
        (error: Error) => refusal("unavailable")(error) && !error.message.includes(root),
      );
      await assert.rejects(blobs.openUpload("u", null, 1), refusal("unavailable"));
      assert.equal((await collect(blobs.read(digest))).length, 100);
      const other = () => filesystemBlobs({ folder: join(root, "blobs", "other"), clock });
      assert.throws(other, refusal("unavailable"));
    } finally {
      await giveBack();
    }
    await blobs.write(pieces(sample(101), 10));
  });
});

/** Root may write anywhere, so it becomes nobody for a while; others take the right from the folders. */
async function dropRights(folders: readonly string[]): Promise<() => Promise<void>> {
  const [getId, setId] = [process.geteuid, process.seteuid];
  if (getId?.() === 0 && setId !== undefined) {
    setId(65_534);
    return async () => setId(0);
  }
  for (const path of folders) await chmod(path, 0o500);
  return async () => {
    for (const path of folders) await chmod(path, 0o700);
  };
}

// The system's limit on the size of a file stands for a full disk: the one that every machine can set up.
describe("a disk that is full", { skip: process.platform === "win32" && "needs ulimit" }, () => {
  it("makes a refusal that says so; what was begun is removed, what was there stays", async () => {
    const program = `
      process.on("SIGXFSZ", () => {});
      const { filesystemBlobs } = await import(${JSON.stringify(import.meta.resolve("./blobs.ts"))});
      const blobs = filesystemBlobs({ folder: ${JSON.stringify(folder)}, clock: { now: Date.now } });
      async function* zeros(n) { for (let i = 0; i < n; i++) yield new Uint8Array(65536); }
      const small = await blobs.write(zeros(1));
      const refused = await blobs.write(zeros(200)).catch((e) => e.code);
      await blobs.openUpload("u", null, 1);
      await blobs.continueUpload("u", 0, zeros(2));
      const part = await blobs.continueUpload("u", 131072, zeros(200)).catch((e) => e.code);
      const { received } = await blobs.findUpload("u");
      const { statSync } = await import("node:fs");
      const held = statSync(${JSON.stringify(join(folder, "uploads", "u", "data"))}).size;
      const end = await blobs.finishUpload("u");
      console.log(JSON.stringify({ refused, part, received, held, sound: await blobs.check(end.digest, 131072), small: small.size }));
    `;
    const shell = `ulimit -f 4096 && exec "$0" --input-type=module -e "$1"`;
    const { stdout, stderr } = spawnSync("sh", ["-c", shell, process.execPath, program], { encoding: "utf8" });
    assert.deepEqual(JSON.parse(stdout || JSON.stringify(stderr)), {
      refused: "storage_full",
      part: "storage_full",
      received: 131_072,
      held: 131_072,
      sound: null,
      small: 65_536,
    });
    assert.deepEqual(await leftovers(), []);
  });
});

describe("a process that is killed", () => {
  it("leaves no blob that is not whole, and no acknowledged part is lost", async () => {
    const program = `
      const { filesystemBlobs } = await import(${JSON.stringify(import.meta.resolve("./blobs.ts"))});
      const blobs = filesystemBlobs({ folder: process.argv[1], clock: { now: Date.now } });
      const say = (line) => process.stdout.write(JSON.stringify(line) + "\\n");
      async function* bytes(from, n) { for (let i = 0; i < n; i++) yield new Uint8Array(65536).fill((from / 65536 + i) % 251); }
      await blobs.openUpload("u", null, 1);
      say({ received: 0 });
      const writes = async () => { for (let i = 1; ; i++) say(await blobs.write(bytes(i, 1 + (i * 7) % 40))); };
      const parts = async () => {
        for (let at = 0; at < 2 ** 27; ) {
          const { received } = await blobs.continueUpload("u", at, bytes(at, 1 + (at / 65536) % 50));
          say({ received: (at = received) });
        }
      };
      await Promise.race([writes(), parts()]);
    `;
    for (let round = 0; round < 4; round++) {
      await rm(folder, { recursive: true, force: true });
      const said = await killAfter(program, 5 + round * 23);
      const blobs = open();
      assert.deepEqual(await leftovers(), []);
      const acknowledged = said.flatMap((line) => ("digest" in line ? [line] : []));
      for (const { digest, size } of acknowledged) assert.equal(await blobs.check(digest, size), null);
      for await (const { digest, size } of blobs.list()) assert.equal(await blobs.check(digest, size), null);
      const received = said.flatMap((line) => ("received" in line ? [line.received] : [])).at(-1) ?? 0;
      const state = await blobs.findUpload("u");
      assert.ok(state !== undefined && state.received >= received, `${state?.received} of ${received}`);
      const { digest, size } = await blobs.finishUpload("u");
      assert.equal(size, state.received);
      const bytes = await collect(blobs.read(digest));
      for (let i = 0; i < size; i += 65_536) assert.equal(bytes[i], (i / 65_536) % 251);
    }
  });
});

type Said = { readonly digest: Digest; readonly size: number } | { readonly received: number };

/** Runs a program until it has said so many lines, kills it, and gives all lines that it said. */
async function killAfter(program: string, lines: number): Promise<Said[]> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", program, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said: Said[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(JSON.parse(line));
    if (said.length >= lines) child.kill("SIGKILL");
  }
  assert.ok(said.length >= lines, "the program ended by itself");
  return said;
}

describe("what a process before left behind", () => {
  it("is swept when the store opens; uploads stay", async () => {
    const before = open();
    await before.openUpload("u", null, 1);
    await writeFile(join(folder, "tmp", "half"), sample(1000));
    const blobs = open();
    assert.deepEqual(await leftovers(), []);
    assert.equal((await blobs.findUpload("u"))?.received, 0);
  });

  // A crash between the data's flush and the line that acknowledges it leaves bytes behind the acknowledged ones.
  it("is not taken for received bytes, nor half a line for a whole one", async () => {
    const before = open();
    await before.openUpload("u", null, 1);
    await before.continueUpload("u", 0, pieces(sample(100), 10));
    await writeFile(join(folder, "uploads", "u", "data"), sample(500), { flag: "a" });
    await writeFile(join(folder, "uploads", "u", "state"), '{"received":60', { flag: "a" });
    const blobs = open();
    assert.equal((await blobs.findUpload("u"))?.received, 100);
    await blobs.continueUpload("u", 100, pieces(sample(50), 10));
    const bytes = Buffer.concat([sample(100), sample(50)]);
    assert.deepEqual(await blobs.finishUpload("u"), { digest: digestOf(bytes), size: 150 });
  });

  it("may be a finished upload whose bytes had not reached their place", async () => {
    const before = open();
    await before.openUpload("u", null, 1);
    await before.continueUpload("u", 0, pieces(sample(100), 10));
    const digest = digestOf(sample(100));
    await writeFile(join(folder, "uploads", "u", "state"), `{"finished":"${digest}","size":100}\n`, { flag: "a" });
    assert.deepEqual(await open().finishUpload("u", digest), { digest, size: 100 });
  });
});

describe("a reader that leaves early", { skip: !existsSync("/proc/self/fd") && "needs /proc" }, () => {
  it("leaves no file open", async () => {
    const blobs = open();
    const { digest } = await blobs.write(pieces(sample(5_000_000), 1 << 20));
    const count = async () => (await readdir("/proc/self/fd")).length;
    const before = await count();
    for (let i = 0; i < 20; i++) {
      for await (const chunk of blobs.read(digest)) {
        assert.ok(chunk.length > 0);
        break;
      }
      blobs.read(digest);
    }
    assert.equal(await count(), before);
  });
});
