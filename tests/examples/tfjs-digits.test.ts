// test-timeout: 300 s
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { createClient } from "@cairn/client";
import { startCairn } from "../support/cairn-process.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");

describe("examples/tfjs-digits", () => {
  it("trains, and its run, curves and file are in Cairn afterwards", async () => {
    await using cairn = await startCairn();
    const args = ["examples/tfjs-digits/run.ts", "--url", cairn.url, "--epochs", "4"];
    const { stdout } = await run(process.execPath, args, { cwd: root });
    const id = /^run ([0-9a-f]{32})$/m.exec(stdout)?.[1] ?? "";
    const client = createClient(cairn.url);
    const logged = await client.runs.get(id);
    assert.equal(logged.state, "finished");
    assert.equal(logged.tags["framework"], "tfjs");
    assert.equal(logged.parameters.find(({ key }) => key === "hidden")?.value, 32);
    const curve = await client.series.history(id, "val/loss");
    assert.deepEqual([...curve.steps], [0, 1, 2, 3]);
    assert.ok((curve.values[3] ?? 9) < (curve.values[0] ?? 0), `it learned: ${[...curve.values].join(", ")}`);
    const files = await client.artifacts.list(id);
    assert.deepEqual(
      files.items.map(({ path }) => path),
      ["model-summary.txt"],
    );
  });

  it("type-checks against TensorFlow.js and our client", async () => {
    await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "examples/tfjs-digits"], { cwd: root });
  });
});
