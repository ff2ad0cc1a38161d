// test-timeout: 300 s
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { createClient } from "@cairn/client";
import { startCairn } from "../support/cairn-process.ts";
import { pythonEnv } from "../support/python.ts";

const root = join(import.meta.dirname, "..", "..");

describe("examples/sklearn-digits", () => {
  it("trains with the unmodified Python client, and its run, curves and files are in Cairn afterwards", async () => {
    const { python } = await pythonEnv();
    await using cairn = await startCairn();
    const { stdout } = await promisify(execFile)(python, ["examples/sklearn-digits/train.py", "--epochs", "4"], {
      cwd: root,
      env: { ...process.env, MLFLOW_TRACKING_URI: cairn.url },
    });
    const id = /^run ([0-9a-f]{32})$/m.exec(stdout)?.[1] ?? "";
    const client = createClient(cairn.url);
    const logged = await client.runs.get(id);
    assert.equal(logged.state, "finished");
    assert.equal(logged.tags["framework"], "scikit-learn");
    assert.equal(logged.parameters.find(({ key }) => key === "hidden")?.value, "32");
    assert.deepEqual(logged.metrics.map(({ key }) => key).sort(), [
      "train/accuracy",
      "train/loss",
      "val/accuracy",
      "val/loss",
    ]);
    const curve = await client.series.history(id, "val/loss");
    assert.deepEqual([...curve.steps], [0, 1, 2, 3]);
    const files = await client.artifacts.list(id);
    assert.deepEqual(files.items.map(({ path }) => path).sort(), ["classification-report.txt", "confusion-matrix.png"]);
    assert.deepEqual(await head(client, id), [0x89, 0x50, 0x4e, 0x47]);
  });
});

/** The first four bytes of the figure: a PNG says so there. */
async function head(client: ReturnType<typeof createClient>, run: string): Promise<number[]> {
  const content = await client.artifacts.find(run, "confusion-matrix.png");
  assert.ok(content);
  const parts: Uint8Array[] = [];
  for await (const part of content.read()) parts.push(part);
  return [...Buffer.concat(parts).subarray(0, 4)];
}
