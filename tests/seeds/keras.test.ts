// test-timeout: 300 s
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { startCairn } from "../support/cairn-process.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");

describe("examples/seeds/keras", () => {
  it("runs the tour: trains by fit and fitDataset, annotates, resumes, queries and plots", async () => {
    await using cairn = await startCairn();
    const pictures = mkdtempSync(join(tmpdir(), "cairn-pictures-"));
    const { stdout } = await run(process.execPath, ["examples/seeds/keras/run.ts", cairn.url, pictures], { cwd: root });
    if (process.env["SHOW"]) console.log(stdout, pictures);
    assert.match(stdout, /[0-9a-f]{32}: 6 epochs, validation loss \d\.\d+, saved as model\/model\.json/);
    assert.match(stdout, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}eight units are few$/m);
    assert.match(stdout, /^baseline, small, to keep$/m);
    assert.match(stdout, /difference of the loaded model: 0$/m);
    assert.match(stdout, /^9 epochs \[ 'val_loss', 'val_acc', 'loss', 'acc' \]$/m);
    assert.match(stdout, /^2 models, 1 to keep, 1 found$/m);
    assert.match(stdout, /^id path timestamp notes stared epochs_trained loss val_loss$/m);
    for (const name of ["by-model.png", "by-metric.png"]) {
      assert.equal(readFileSync(join(pictures, name)).toString("latin1", 1, 4), "PNG");
    }
    if (!process.env["SHOW"]) rmSync(pictures, { recursive: true });
  });

  it("type-checks against TensorFlow.js and our client", async () => {
    await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "examples/seeds/keras"], { cwd: root });
  });
});
