// The promise behind all others: an acknowledged write survives SIGKILL, once; a write that was not acknowledged is
// there whole or not at all. Clients go on through the restart by themselves.
// test-timeout: 300 s
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@cairn/client";
import { createChance } from "../../bench/support/chance.ts";
import { startCairn } from "../support/cairn-process.ts";
import { runCairn, spawnCairn } from "../support/command.ts";
import { rounds, seed } from "../support/rounds.ts";
import { mlflowBatchWriter, nativeBatchWriter } from "./support/batch-writer.ts";
import { clientWriter } from "./support/client-writer.ts";
import { fileWriter } from "./support/file-writer.ts";
import { findQuietPort } from "./support/free-port.ts";
import { singleWriter } from "./support/single-writer.ts";
import type { FaultWriter } from "./support/writer.ts";

const ROUNDS = rounds({ quick: 5, full: 50 });
const LONGEST_MS = 800;

it(`a server killed at ${ROUNDS} random moments loses nothing and shows nothing half-written (CAIRN_TEST_SEED=${seed})`, async () => {
  const chance = createChance(seed);
  const dataDir = mkdtempSync(join(tmpdir(), "cairn-kill-"));
  const all: FaultWriter[] = [];
  try {
    const port = await findQuietPort(chance);
    for (let round = 1; round <= ROUNDS; round++) {
      const writers = createWriters(round, chance);
      await playRound({ dataDir, port, chance, writers });
      all.push(...writers);
      // Earlier rounds stay as they were, also where sealing and merging went over them.
      if (round === ROUNDS || round % 10 === 0) await verifyAll(dataDir, all);
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

function createWriters(round: number, chance: () => number): FaultWriter[] {
  const named = (kind: string) => `${kind} of round ${round}`;
  return [
    mlflowBatchWriter(named("batches"), { keys: 5, steps: 10, withTexts: true }),
    nativeBatchWriter(named("marked batches"), { keys: 4, steps: 7, withTexts: true }),
    // Fast enough that sealing is under way at any moment.
    mlflowBatchWriter(named("large batches"), { keys: 10, steps: 100, withTexts: false }),
    nativeBatchWriter(named("wide batches"), { keys: 60, steps: 1, withTexts: false }),
    singleWriter(named("single calls")),
    clientWriter(named("the client")),
    fileWriter(named("files"), chance),
    fileWriter(named("more files"), chance),
  ];
}

interface Round {
  readonly dataDir: string;
  /** Where the clients believe the server to be. */
  readonly port: number;
  readonly chance: () => number;
  readonly writers: readonly FaultWriter[];
}

async function playRound({ dataDir, port, chance, writers }: Round): Promise<void> {
  const url = `http://127.0.0.1:${port}`;
  const args = ["--port", String(port)];
  const server = await startCairn({ dataDir, args });
  let isLogging = true;
  const work = Promise.all(
    writers.map(async (writer) => {
      await writer.begin(url);
      while (isLogging) await writer.advance();
    }),
  );
  work.catch(() => {});
  // The first round trips of all writers, so that each has a run of its own.
  await Promise.race([work, sleep(200 + chance() * LONGEST_MS)]);
  await server.kill();
  // Sometimes it dies once more while it starts.
  if (chance() < 0.4) await startAndKill(dataDir, chance() * 400);

  await expectClean(dataDir);
  await verifyAll(dataDir, writers);

  // The clients are still trying: now they find it again, and finish what they had begun.
  await using again = await startCairn({ dataDir, args });
  isLogging = false;
  await work;
  const client = createClient(again.url);
  for (const writer of writers) await writer.verify(client);
  await again.kill();
}

/** On a port of its own, which no client knows: what is on its way to the server must not arrive before it was looked at. */
async function verifyAll(dataDir: string, writers: readonly FaultWriter[]): Promise<void> {
  await using server = await startCairn({ dataDir });
  const client = createClient(server.url);
  for (const writer of writers) await writer.verify(client);
  await server.kill();
}

/** Dead before, while or just after it opens the folder. */
async function startAndKill(dataDir: string, afterMs: number): Promise<void> {
  const server = spawnCairn(["serve", "--port", "0", "--data-dir", dataDir]);
  await sleep(afterMs);
  server.process.kill("SIGKILL");
  await server.ended;
}

async function expectClean(dataDir: string): Promise<void> {
  const { status, output } = await runCairn(["check", "--data-dir", dataDir]);
  assert.equal(status, 0, `cairn check found damage:\n${output}`);
}
