// A writing thread that died left every write refused for ever, while /health went on to answer 200: nothing that watches
// over the process could see that it had to be started again.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { createClient } from "@cairn/client";
import { startCairn } from "../support/cairn-process.ts";

/** Runs in each thread of the server before anything else: the writer's throws when the file named in CAIRN_DIE is there. */
const DIE = `
const { isMainThread, workerData } = require("node:worker_threads");
const { existsSync } = require("node:fs");
if (!isMainThread && String(workerData?.entry).includes("writer-worker"))
  setInterval(() => { if (existsSync(process.env.CAIRN_DIE)) throw new Error("struck down"); }, 10).unref();
`;

it("a server whose writer died says so and ends, and started again has all that it acknowledged", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cairn-death-"));
  try {
    const script = join(folder, "die.cjs");
    const sign = join(folder, "now");
    writeFileSync(script, DIE);
    const dataDir = join(folder, "data");
    const env = { NODE_OPTIONS: `--require ${script}`, CAIRN_DIE: sign };
    let id = "";
    {
      await using server = await startCairn({ dataDir, env });
      id = (await createClient(server.url).runs.create({ name: "kept" })).id;
      const ended = once(server.process, "exit");
      writeFileSync(sign, "");
      const [status] = await ended;
      assert.equal(status, 1, server.output());
      assert.match(server.output(), /writer has ended \(struck down\).*started again/);
    }
    await using again = await startCairn({ dataDir });
    assert.equal((await createClient(again.url).runs.get(id)).name, "kept");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
