import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type CairnProcess, startCairn } from "./cairn-process.ts";
import { type PythonEnv, pythonEnv } from "./python.ts";

const folder = join(import.meta.dirname, "..", "mlflow", "scenarios");
/** Not run against the usual server: `roots.test.ts` starts others for them. */
const apart = ["scenario.py", "roots.py", "transfers.py"];

/** Every scenario that runs against one server as users start it. */
export const scenarioFiles = readdirSync(folder).filter((name) => name.endsWith(".py") && !apart.includes(name));

interface Result {
  readonly name: string;
  readonly error: string | null;
  readonly skipped: string | null;
}

/** Declares the scenarios of these files as tests, with the client of an environment, against one server. */
export function runAgainstCairn(title: string, client: PythonEnv, files: readonly string[] = scenarioFiles): void {
  describe(title, () => {
    let cairn: CairnProcess;
    before(async () => {
      await pythonEnv(client);
      cairn = await startCairn();
    });
    after(async () => {
      await cairn[Symbol.asyncDispose]();
    });
    for (const file of files) {
      it(`agrees with the server on ${file.replace(/\.py$/, "")}`, async (test) => {
        const { results, output, status } = await runScenarios(client, file, cairn.url);
        for (const { name, error, skipped } of results) {
          await test.test(name, skipped === null ? {} : { skip: skipped }, () =>
            assert.ok(error === null, `\n${error}`),
          );
        }
        assert.equal(status, 0, `${file} ended with ${status}:\n${output}\n${cairn.output()}`);
        assert.ok(results.length > 0, `${file} ran no scenario:\n${output}`);
      });
    }
  });
}

/** Runs one file in a process of its own. `env`: variables beside the usual ones. */
export async function runScenarios(
  client: PythonEnv,
  file: string,
  url: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ results: readonly Result[]; output: string; status: number | null }> {
  const { python } = await pythonEnv(client);
  const child = spawn(python, [join(folder, file)], {
    cwd: tmpdir(),
    env: { ...process.env, MLFLOW_TRACKING_URI: url, PYTHONDONTWRITEBYTECODE: "1", ...env },
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
