// Faults of the disk while the server runs. Whatever happens to one thing, the rest goes on.
// test-timeout: 120 s
import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { it } from "node:test";
import { createClient } from "@cairn/client";
import { isTrackerError, packPoints } from "@cairn/core";
import { startCairn } from "../support/cairn-process.ts";
import { runCairn } from "../support/command.ts";
import { countSteps, timeAt, valueAt } from "./support/points.ts";

const point = (step: number) => ({
  points: packPoints([{ key: "loss", step, time: timeAt(step), value: valueAt("loss", step) }]),
});

it("a database that another program locks refuses writes, serves reads, and goes on when it is free", async () => {
  await using server = await startCairn();
  const client = createClient(server.url, { retries: 0 });
  const { id: run } = await client.runs.create({});
  await client.runs.log(run, point(0));

  const database = new DatabaseSync(join(server.dataDir, "cairn.sqlite"));
  database.exec("BEGIN IMMEDIATE");
  const refused = client.runs.log(run, point(1)).then(
    () => assert.fail("it was written although another program held the lock"),
    (error: unknown) => error,
  );
  assert.equal(await countSteps(client, run, "loss"), 1);
  const error = await refused;
  assert.ok(isTrackerError(error), String(error));
  assert.equal(error.code, "unavailable");
  assert.match(error.message, /locked by another program.*nothing of this request was stored/s);

  database.exec("ROLLBACK");
  database.close();
  assert.equal((await client.runs.log(run, point(1))).added, 1);
  assert.equal(await countSteps(client, run, "loss"), 2);
});

it("when files cannot be written, uploads are refused and the rest goes on", async () => {
  await using server = await startCairn();
  const client = createClient(server.url, { retries: 0 });
  const { id: run } = await client.runs.create({});
  await client.artifacts.write(run, "before.txt", bytes("before"));

  // A file where the folder for new files was: it stops root as well as anybody else.
  const temporary = join(server.dataDir, "blobs", "tmp");
  renameSync(temporary, `${temporary}-away`);
  writeFileSync(temporary, "");
  await assert.rejects(client.artifacts.write(run, "refused.txt", bytes("refused")), (error) => {
    assert.ok(isTrackerError(error), String(error));
    assert.equal(error.code, "unavailable");
    assert.match(error.message, /could not be stored/);
    assert.ok(!error.message.includes(server.dataDir), "a user is told where the server's folder lies");
    return true;
  });
  assert.equal((await client.runs.log(run, point(0))).added, 1);
  const { items } = await client.artifacts.list(run);
  assert.deepEqual(
    items.map(({ path }) => path),
    ["before.txt"],
  );

  rmSync(temporary);
  mkdirSync(temporary);
  rmSync(`${temporary}-away`, { recursive: true });
  await client.artifacts.write(run, "after.txt", bytes("after"));
  const { status, output } = await runCairn(["check", "--data-dir", server.dataDir]);
  assert.equal(status, 0, output);
});

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
