// test-timeout: 300 s
// What a newcomer pastes must run: the blocks of the README and of the design pages (those of the first page: tests/web/home.test.ts), as they are.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Client, createClient } from "@cairn/client";
import { type CairnProcess, startCairn } from "../support/cairn-process.ts";
import { spawnCommand } from "../support/command.ts";
import { pythonEnv } from "../support/python.ts";

const root = join(import.meta.dirname, "..", "..");
const typescript = [process.execPath, "--input-type=module-typescript", "-"];

/** Runs a text from standard input, in the clone. @returns what it printed. @throws if it fails. */
async function run(command: readonly string[], text: string, url: string): Promise<string> {
  const { status, stdout, output } = await spawnCommand(command, { env: { CAIRN_URL: url }, input: text }).ended;
  assert.equal(status, 0, `${command[0]} ended with ${status}:\n${output}\nof:\n${text}`);
  return stdout;
}

/** The code blocks of a page in the repository, with the server's address in place of the usual one. */
function blocksOf(page: string, language: string, url: string): string[] {
  const text = readFileSync(join(root, page), "utf8").replaceAll("http://127.0.0.1:4600", url);
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, code = ""]) => code);
}

/** The newest run of the experiment `first` must be finished, and have 100 points of `loss`, a parameter and a file. */
async function checkFirstRun(client: Client): Promise<void> {
  const experiment = await client.experiments.find("first");
  const [newest] = (await client.runs.search({ experiments: [experiment?.id ?? -1], limit: 1 })).items;
  assert.ok(newest);
  assert.equal(newest.state, "finished");
  assert.deepEqual(
    newest.metrics.map(({ key, count, latest }) => [key, count, latest?.value]),
    [["loss", 100, 0.01]],
  );
  assert.equal(newest.parameters.length, 1);
  assert.deepEqual(
    (await client.artifacts.list(newest.id)).items.map(({ path }) => path),
    ["notes.txt"],
  );
}

describe("what is to be pasted", () => {
  let server: CairnProcess;
  let client: Client;
  let python: string;
  before(async () => {
    [server, { python }] = await Promise.all([startCairn(), pythonEnv()]);
    client = createClient(server.url);
  });
  after(() => server[Symbol.asyncDispose]());

  it("README: Python", async () => {
    const [code = ""] = blocksOf("README.md", "python", server.url);
    await run([python, "-"], code, server.url);
    await checkFirstRun(client);
  });

  it("README: TypeScript", async () => {
    const [code = ""] = blocksOf("README.md", "ts", server.url);
    await run(typescript, code, server.url);
    await checkFirstRun(client);
  });

  it("README: looking at it", async () => {
    const [code = ""] = blocksOf("README.md", "sh", server.url);
    assert.match(code, /npx --no-install cairn/);
    const here = `"${process.execPath}" packages/cli/bin/cairn.js`;
    const printed = await run(["sh", "-e"], code.replaceAll("npx --no-install cairn", here), server.url);
    assert.match(printed, /NEWEST RUN[\s\S]*first[\s\S]*\bloss\b[\s\S]*0\.01[\s\S]*"metrics"/);
  });

  it("docs/design/columns.md: a log call in bytes", async () => {
    const [code = ""] = blocksOf("docs/design/columns.md", "python", server.url);
    assert.match(await run([python, "-"], code, server.url), /'added': 1000/);
    const [found] = (await client.runs.search({ filter: "name = 'columns'" })).items;
    const { values, times } = await client.series.history(found?.id ?? "", "loss", { limit: 2 });
    assert.deepEqual([...values, ...times], [1, 0.5, 1_700_000_000_000, 1_700_000_000_001]);
  });
});
