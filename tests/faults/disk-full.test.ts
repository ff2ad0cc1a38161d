// A full disk must refuse with a clear error, keep all that was acknowledged, serve reads, and take writes again when
// there is space, without a restart.
// test-timeout: 120 s
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { type Client, createClient } from "@cairn/client";
import { isTrackerError, packPoints } from "@cairn/core";
import { startCairn } from "../support/cairn-process.ts";
import { runCairn } from "../support/command.ts";
import { mountSmallDisk, unmount } from "./support/mounts.ts";
import { countSteps, timeAt, valueAt } from "./support/points.ts";

const DISK_MB = 24;
const STEPS = 4000;

it("a full disk refuses points and files, loses nothing, and recovers", async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), "cairn-full-"));
  if (!mountSmallDisk(dataDir, DISK_MB)) {
    rmSync(dataDir, { recursive: true });
    return t.skip("a small disk cannot be mounted by this user");
  }
  try {
    {
      await using server = await startCairn({ dataDir });
      const client = createClient(server.url, { retries: 0 });
      const { id: run } = await client.runs.create({ name: "full" });
      let batches = 0;
      for (; batches < 3; batches++) await logBatch(client, run, batches);

      await t.test("a file that does not fit is refused, and leaves nothing behind", async () => {
        await refusesFile(client, run);
        assert.deepEqual((await client.artifacts.list(run)).items, []);
        await client.artifacts.write(run, "small.txt", bytes(1000));
        await logBatch(client, run, batches++);
      });

      const ballast = join(dataDir, "ballast");
      await t.test("points that do not fit are refused as storage_full", async () => {
        fill(ballast);
        // What is preallocated may take a few more.
        const refused = await (async () => {
          for (; batches < 200; batches++) {
            try {
              await logBatch(client, run, batches);
            } catch (error) {
              return error;
            }
          }
          return undefined;
        })();
        assert.ok(isTrackerError(refused), String(refused));
        assert.equal(refused.code, "storage_full", refused.message);
        assert.match(refused.message, /disk .* is full.*nothing of this request was stored.*Free some space/s);
      });

      await t.test("reads go on", async () => {
        assert.equal(await countSteps(client, run, "loss"), batches * STEPS);
        assert.equal((await fetch(`${server.url}/health`)).status, 200);
      });

      await t.test("with space again it takes points and files, without a restart", async () => {
        rmSync(ballast);
        await logBatch(client, run, batches++);
        await client.artifacts.write(run, "after.txt", bytes(1000));
        assert.equal(await countSteps(client, run, "loss"), batches * STEPS);
        assert.deepEqual(
          (await client.artifacts.list(run)).items.map(({ path }) => path),
          ["after.txt", "small.txt"],
        );
      });
      await t.test("its log has one line for each problem", () => {
        const lines = server.output().trimEnd().split("\n");
        assert.ok(lines.some((line) => line.includes("storage_full")));
        const others = lines.slice(lines.findIndex((line) => line.startsWith("Stop with")) + 1);
        for (const line of others) assert.match(line, /^\d{4}-\d\d-\d\dT\S+ (?:info|warn|error) /);
      });
      await server.kill();
    }
    await t.test("after a crash all of it is there and sound", async () => {
      const { status, output } = await runCairn(["check", "--data-dir", dataDir]);
      assert.equal(status, 0, output);
      assert.deepEqual(readdirSync(join(dataDir, "blobs", "tmp")), []);
    });
  } finally {
    unmount(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  }
});

async function logBatch(client: Client, run: string, number: number): Promise<void> {
  const rows = Array.from({ length: STEPS }, (_, i) => {
    const step = number * STEPS + i;
    return { key: "loss", step, time: timeAt(step), value: valueAt("loss", step) };
  });
  await client.runs.log(run, { points: packPoints(rows) });
}

async function refusesFile(client: Client, run: string): Promise<void> {
  await assert.rejects(client.artifacts.write(run, "large.bin", bytes(2 * DISK_MB * 1024 * 1024)), (error) => {
    assert.ok(isTrackerError(error), String(error));
    assert.equal(error.code, "storage_full", error.message);
    assert.match(error.message, /full|space/);
    return true;
  });
}

async function* bytes(size: number): AsyncGenerator<Uint8Array> {
  for (let left = size; left > 0; left -= 65_536) yield new Uint8Array(Math.min(left, 65_536)).fill(left % 251);
}

/** Takes all the space that is left. */
function fill(file: string): void {
  for (const block of [1024 * 1024, 4096]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(block), { flag: "a" });
    } catch {
      // Full for blocks of this size.
    }
  }
}
