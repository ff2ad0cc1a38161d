// Ctrl-C and a service manager's SIGTERM must not cost anything that was acknowledged, and must not hang on clients that
// hold a connection open: a live page, an idle keep-alive, an upload that never ends.
// test-timeout: 120 s
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@cairn/client";
import { createChance } from "../../bench/support/chance.ts";
import { startCairn } from "../support/cairn-process.ts";
import { runCairn } from "../support/command.ts";
import { seed } from "../support/rounds.ts";
import { mlflowBatchWriter, nativeBatchWriter } from "./support/batch-writer.ts";
import { fileWriter } from "./support/file-writer.ts";
import { findQuietPort } from "./support/free-port.ts";

it("SIGTERM under load ends with status 0 and keeps all that was acknowledged", async () => {
  const chance = createChance(seed);
  const dataDir = mkdtempSync(join(tmpdir(), "cairn-stop-"));
  try {
    const port = await findQuietPort(chance);
    const url = `http://127.0.0.1:${port}`;
    const args = ["--port", String(port)];
    const server = await startCairn({ dataDir, args });
    const writers = [
      mlflowBatchWriter("batches", { keys: 10, steps: 100, withTexts: false }),
      nativeBatchWriter("marked batches", { keys: 5, steps: 10, withTexts: true }),
      fileWriter("files", chance),
    ];
    let isLogging = true;
    const work = Promise.all(
      writers.map(async (writer) => {
        await writer.begin(url);
        while (isLogging) await writer.advance();
      }),
    );
    work.catch(() => {});
    await Promise.race([work, sleep(1000)]);
    const held = [await hold(port, idle), await hold(port, liveEvents), await hold(port, endlessUpload)];
    await Promise.race([work, sleep(300)]);

    assert.equal(await server.stop(), 0, server.output());
    for (const socket of held) socket.destroy();

    const { status, output } = await runCairn(["check", "--data-dir", dataDir]);
    assert.equal(status, 0, output);
    await using again = await startCairn({ dataDir, args });
    isLogging = false;
    await work;
    const client = createClient(again.url);
    for (const writer of writers) await writer.verify(client);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

const idle = "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
const liveEvents = "GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n";
const endlessUpload = "PUT /api/v1/files/endless.bin HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\nabc";

/** Sends what is given and then neither more nor an end. */
async function hold(port: number, text: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.resume();
  socket.write(text);
  await sleep(50);
  return socket;
}
