import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { openRecord, serve } from "./support/worlds.ts";

const script = join(import.meta.dirname, "support", "train.ts");

async function train(how: "end" | "wait" | "go on", signal?: NodeJS.Signals) {
  const record = await openRecord("memory");
  const server = await serve(record);
  const child = spawn(process.execPath, [script, server.url, how], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line === "waiting" && signal !== undefined) child.kill(signal);
  }
  const [status, by] = await ended;
  const run = await record.source.as({ name: "" }).runs.get(lines[0] ?? "");
  await server.close();
  await record.close();
  return { status, by, state: run.state, count: run.metrics[0]?.count };
}

test("a script that runs out without finish() loses nothing, and its run is finished", async () => {
  assert.deepEqual(await train("end"), { status: 0, by: null, state: "finished", count: 1000 });
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`${signal} flushes, marks the run as killed, and then ends the process by that signal`, async () => {
    assert.deepEqual(await train("wait", signal), { status: null, by: signal, state: "killed", count: 1000 });
  });
}

// A training does not stop at once: its next log was refused because the run had ended, which tore the process down
// before the run was marked.
test("a training that goes on logging after the signal is ended as quietly", async () => {
  const { status, by, state, count = 0 } = await train("go on", "SIGINT");
  assert.deepEqual({ status, by, state }, { status: null, by: "SIGINT", state: "killed" });
  assert.ok(count >= 1000, String(count));
});
