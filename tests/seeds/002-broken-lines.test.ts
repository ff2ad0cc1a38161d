// Transfers over lines, disks and processes that break: the next one goes on, and nothing half-written is ever in place.
// test-timeout: 120 s
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { it } from "node:test";
import { type Centre, ModelFile } from "@cairn/client/centre";
import { mountSmallDisk, unmount } from "../faults/support/mounts.ts";
import { refuses } from "../services/support/expect.ts";
import { startCairn } from "../support/cairn-process.ts";
import { runCairn, spawnCairn } from "../support/command.ts";
import { startCuttingProxy } from "./support/cutting-proxy.ts";

const MB = 1024 * 1024;

async function inScratch(act: (work: string) => Promise<void>): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "cairn-broken-"));
  try {
    await act(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function put(folder: string, files: Readonly<Record<string, Buffer>>): string {
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

const pipeAt = (centerPath: string | Centre) =>
  new ModelFile({ modelName: "m", version: "1.0", centerPath }).filepipe();

it("a pull over a line that is cut goes on where it was, and what it writes is whole", async () => {
  await using server = await startCairn();
  await using line = await startCuttingProxy(server.url);
  await inScratch(async (work) => {
    const bytes = randomBytes(24 * MB);
    const ws = put(join(work, "ws"), { big: bytes, small: Buffer.from("small") });
    await (await pipeAt(server.url)).push(ws);
    const pipe = await pipeAt(line.url);
    line.cut("down", 5 * MB, 3);
    await pipe.pull(join(work, "to"));
    assert.equal(line.cuts(), 3);
    assert.ok(bytes.equals(readFileSync(join(work, "to", "big"))), "byte for byte");
    const starts = line.headers(/^range: bytes=(\d+)-/im);
    assert.ok(starts.length >= 3 && starts.every((at, i) => at > (starts[i - 1] ?? 0)), `began at ${starts}`);
  });
});

it("a list of files that is cut is asked for again", async () => {
  await using server = await startCairn();
  await using line = await startCuttingProxy(server.url);
  await inScratch(async (work) => {
    const names = Array.from({ length: 100 }, (_, i) => [`${"folder/".repeat(20)}${i}`, Buffer.from("same")] as const);
    await (await pipeAt(server.url)).push(put(join(work, "ws"), Object.fromEntries(names)));
    const pipe = await pipeAt(line.url);
    line.cut("down", 20_000, 1);
    assert.equal((await pipe.scanLocal()).length, 100);
    assert.equal(line.cuts(), 1);
  });
});

it("a push over a line that is cut goes on with the part that arrived, small files and large", async () => {
  await using server = await startCairn();
  await using line = await startCuttingProxy(server.url);
  await inScratch(async (work) => {
    const ws = put(join(work, "ws"), { large: randomBytes(40 * MB), small: randomBytes(12 * MB) });
    const pipe = await pipeAt(line.url);
    line.cut("up", 9 * MB, 4);
    await pipe.push(ws);
    assert.equal(line.cuts(), 4);
    const [found] = await pipe.scanLocal({ attributes: true });
    const md5 = (name: string) =>
      createHash("md5")
        .update(readFileSync(join(ws, name)))
        .digest("hex");
    assert.deepEqual(
      found.map(({ filename, crc }) => [filename, crc]),
      ["large", "small"].map((name) => [name, md5(name)]),
    );
    const starts = line.headers(/^upload-offset: (\d+)/im);
    assert.ok(
      starts.some((at) => at % (32 * MB) !== 0),
      `parts began at ${starts}`,
    );
    await (await pipeAt(server.url)).pull(join(work, "to"));
    for (const name of ["large", "small"])
      assert.ok(readFileSync(join(ws, name)).equals(readFileSync(join(work, "to", name))));
  });
});

it("a pull whose process is killed leaves the folder as it was, and the next one goes on", async () => {
  await using server = await startCairn();
  await using line = await startCuttingProxy(server.url);
  await inScratch(async (work) => {
    const ws = put(join(work, "ws"), { a: Buffer.from("new"), big: randomBytes(24 * MB) });
    await (await pipeAt(server.url)).push(ws);
    const to = put(join(work, "to"), { a: Buffer.from("old") });
    const command = ["pull", "m:1.0", to, "--merge", "overwrite", "--center", line.url];
    const stalled = line.stall("down", 8 * MB);
    const pulling = spawnCairn(command);
    await stalled;
    pulling.process.kill("SIGKILL");
    await pulling.ended;
    line.release();
    assert.deepEqual(readdirSync(to), [".cairn", "a"]);
    assert.equal(readFileSync(join(to, "a"), "utf8"), "old");
    const { status, stderr } = await runCairn([...command.slice(0, -1), server.url]);
    assert.equal(status, 0, stderr);
    for (const name of ["a", "big"]) assert.ok(readFileSync(join(ws, name)).equals(readFileSync(join(to, name))));
    assert.deepEqual(readdirSync(join(to, ".cairn")), ["sync.json"], "no part is left");
  });
});

it("a disk that fills up amid a pull is told of, no file is half-written, and the next pull goes on", async (t) => {
  await inScratch(async (work) => {
    const disk = join(work, "disk");
    mkdirSync(disk);
    if (!mountSmallDisk(disk, 8)) return t.skip("a small disk cannot be mounted by this user");
    try {
      const ws = put(join(work, "ws"), { a: randomBytes(MB), b: randomBytes(3 * MB), c: randomBytes(MB) });
      writeFileSync(join(ws, "c-twin"), readFileSync(join(ws, "c")));
      const to = put(join(disk, "to"), { a: Buffer.from("old") });
      const ballast = join(disk, "ballast");
      const pipe = await pipeAt(join(work, "centre"));
      await pipe.importDir(ws);
      const fill = () => writeFileSync(ballast, Buffer.alloc(5 * MB));
      let told = 0;
      const pulled = pipe.pull(to, {
        merge: "overwrite",
        onProgress: ({ path }) => path === "b" && told++ === 0 && fill(),
      });
      await refuses(
        "storage_full",
        () => pulled,
        /Cannot pull into '.*to': the disk is full\. Nothing was changed; free/,
      );
      assert.deepEqual(readdirSync(to), [".cairn", "a"]);
      assert.equal(readFileSync(join(to, "a"), "utf8"), "old");
      await refuses(
        "storage_full",
        () => pipe.pull(to, { merge: "overwrite" }),
        /has \d+ bytes left, and \d+ are needed/,
      );
      rmSync(ballast);
      // Room for what is still missing, not for all of it a second time.
      writeFileSync(ballast, Buffer.alloc(1.5 * MB));
      const seen: number[] = [];
      await pipe.pull(to, { merge: "overwrite", onProgress: ({ path, bytes }) => path === "b" && seen.push(bytes) });
      assert.ok((seen[0] ?? 0) > 1.5 * MB, `b went on at ${seen[0]}`);
      for (const name of readdirSync(ws).filter((one) => !one.startsWith(".")))
        assert.ok(readFileSync(join(ws, name)).equals(readFileSync(join(to, name))), name);
    } finally {
      unmount(disk);
    }
  });
});

it("a push from a folder that keeps no notes is a push all the same, also of a file in parts", async () => {
  await using server = await startCairn();
  await inScratch(async (work) => {
    // As in a folder that is only read: nothing can be made below `.cairn`.
    const ws = put(join(work, "ws"), { ".cairn": Buffer.from(""), large: randomBytes(33 * MB) });
    const pipe = await pipeAt(server.url);
    assert.equal((await pipe.push(ws)).moved.length, 1);
    assert.deepEqual((await pipe.push(ws)).unchanged, ["large"]);
  });
});

it("what the caller's own progress throws ends a transfer at once, as it is", async () => {
  await using server = await startCairn();
  await inScratch(async (work) => {
    const ws = put(join(work, "ws"), { a: randomBytes(40 * MB) });
    const pipe = await pipeAt(server.url);
    const stop = () => {
      throw new Error("enough");
    };
    await assert.rejects(pipe.push(ws, { onProgress: stop }), /^Error: enough$/);
    await pipe.push(ws);
    await assert.rejects(pipe.pull(join(work, "to"), { onProgress: stop }), /^Error: enough$/);
  });
});

it("a file that goes away while it is sent is named, and the server is not blamed", async () => {
  await using server = await startCairn();
  await inScratch(async (work) => {
    const ws = put(join(work, "ws"), { a: Buffer.from("a"), b: Buffer.from("b") });
    const pipe = await pipeAt(server.url);
    const act = () =>
      pipe.push(ws, { onProgress: ({ path }) => path === "a" && rmSync(join(ws, "b"), { force: true }) });
    await refuses("not_found", act, /Cannot push '.*b': there is no such file/);
  });
});
