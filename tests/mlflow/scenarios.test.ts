// test-timeout: 300 s
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type CairnProcess, startCairn } from "../support/cairn-process.ts";
import { pythonEnv } from "../support/python.ts";

const folder = join(import.meta.dirname, "scenarios");
const files = readdirSync(folder).filter((name) => name.endsWith(".py") && name !== "scenario.py");

describe("the unmodified Python client", () => {
  let cairn: CairnProcess;
  before(async () => {
    await pythonEnv();
    cairn = await startCairn();
  });
  after(async () => {
    await cairn[Symbol.asyncDispose]();
  });

  for (const file of files) {
    it(`agrees with the server on ${file.replace(/\.py$/, "")}`, async (test) => {
      const { results, output, status } = await runScenarios(file, cairn.url);
      for (const { name, error } of results) await test.test(name, () => assert.ok(error === null, `\n${error}`));
      assert.equal(status, 0, `${file} ended with ${status}:\n${output}\n${cairn.output()}`);
      assert.ok(results.length > 0, `${file} ran no scenario:\n${output}`);
    });
  }
});

interface Result {
  readonly name: string;
  readonly error: string | null;
}

async function runScenarios(
  file: string,
  url: string,
): Promise<{ results: Result[]; output: string; status: number | null }> {
  const { python } = await pythonEnv();
  const child = spawn(python, [join(folder, file)], {
    cwd: tmpdir(),
    env: { ...process.env, MLFLOW_TRACKING_URI: url, PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  let errors = "";
  child.stdout.on("data", (bytes: Buffer) => {
    text += bytes;
  });
  child.stderr.on("data", (bytes: Buffer) => {
    errors += bytes;
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const lines = text.split("\n").filter((line) => line.startsWith('{"name"'));
  return { results: lines.map((line) => JSON.parse(line) as Result), output: (text + errors).slice(-4000), status };
}
