import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, it } from "node:test";
import type { RecordStore } from "@cairn/core";
import { rounds, seed } from "../../../../tests/support/rounds.ts";
import { run } from "../conformance/world.ts";
import { sqliteStore } from "./sqlite-store.ts";
import { BATCH, KEYS, WRITERS } from "./testing/log-until-killed.ts";

// A commit answered before its bytes are on disk, a half-applied batch, a retry counted twice, a seal that deletes
// journal records of which its chunks were lost: all of them show here and nowhere else.
describe("a killed SQLite store", () => {
  it(`has every acknowledged batch exactly once, whole (seed ${seed})`, {
    timeout: rounds({ quick: 100_000, full: 1_800_000 }),
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "cairn-crash-"));
    try {
      const acknowledged = new Map<number, number>();
      let random = seed;
      for (let round = 0; round < rounds({ quick: 3, full: 40 }); round++) {
        random = (random * 48_271 + 11) % 2_147_483_647;
        await logAndKill(folder, 10 + (random % 150), acknowledged);
        const store = await sqliteStore({ folder });
        try {
          for (let writer = 0; writer < WRITERS; writer++) await verify(store, writer, acknowledged.get(writer) ?? 0);
          for await (const finding of store.check()) assert.fail(`${finding.record}: ${finding.message}`);
        } finally {
          await store.close();
        }
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Lets the child log until it has told of so many batches, then kills it at once. */
async function logAndKill(folder: string, batches: number, acknowledged: Map<number, number>): Promise<void> {
  const script = new URL("./testing/log-until-killed.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, "log", folder], { stdio: ["ignore", "pipe", "inherit"] });
  let told = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [writer, batch] = line.split(" ").map(Number);
    acknowledged.set(Number(writer), Number(batch));
    told += 1;
    if (told === batches) child.kill("SIGKILL");
  }
  assert.ok(told >= batches, "the child ended by itself");
}

async function verify(store: RecordStore, writer: number, least: number): Promise<void> {
  const { id } = run(writer);
  const { parameters, metrics } = await store.read("runs.get", { id });
  const batches = parameters.length;
  assert.ok(batches >= least, `writer ${writer}: batch ${least} was acknowledged, but only ${batches} are there`);
  assert.deepEqual(
    metrics.map(({ key, count }) => [key, count]),
    batches === 0 ? [] : KEYS.map((key) => [key, batches * BATCH]),
  );
  for (const { key } of metrics) {
    const { steps, values } = await store.read("series.history", { id, key, after: null, limit: 100_000 });
    assert.deepEqual(
      [...steps],
      Array.from({ length: Math.min(batches * BATCH, 100_000) }, (_, step) => step),
    );
    assert.ok(values.every((value, step) => value === Math.sin(step)));
  }
}
