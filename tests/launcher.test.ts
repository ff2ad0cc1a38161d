// `npx --no-install cairn` starts on whatever Node the host has; these run the launcher on the one that runs the tests
// and, where there is one, on an older host's.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, it } from "node:test";
import { startCairn } from "./support/cairn-process.ts";

const root = join(import.meta.dirname, "..");
const launcher = join(root, "packages", "cli", "bin", "cairn.js");

/** The first `node` on the path that is not the project's own. */
function findHostNode(): string | undefined {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

const host = findHostNode();
const run = (node: string, args: readonly string[]) =>
  spawnSync(node, [launcher, ...args], { cwd: root, encoding: "utf8" });

/** Far more than it takes: only a server that stays is waited for so long. */
const PATIENCE_MS = 30_000;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("the launcher", () => {
  it("passes arguments and output through", () => {
    const { status, stdout, stderr } = run(process.execPath, ["--help"]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /serve/);
  });

  it("does the same from the host's own Node", {
    skip: host === undefined ? "no other node on the path" : false,
  }, () => {
    assert.deepEqual(run(host ?? "", ["--help"]).stdout, run(process.execPath, ["--help"]).stdout);
  });

  it("hands back the exit status", { skip: host === undefined ? "no other node on the path" : false }, () => {
    const refused = run(host ?? "", ["no-such-command"]);
    assert.notEqual(refused.status, 0);
    assert.equal(refused.status, run(process.execPath, ["no-such-command"]).status);
  });

  // A supervisor that killed what it had started could not start it again: the server lived on, with port and folder.
  it("takes its server along when it is killed", {
    skip: host === undefined ? "no other node on the path" : false,
  }, async () => {
    await using server = await startCairn({ node: host ?? "" });
    const text = readFileSync(join(server.dataDir, "server.json"), "utf8");
    const { pid } = JSON.parse(text) as { pid: number };
    await server.kill();
    for (const limit = Date.now() + PATIENCE_MS; isAlive(pid) && Date.now() < limit; )
      await new Promise((resolve) => setTimeout(resolve, 50));
    const livedOn = isAlive(pid);
    if (livedOn) process.kill(pid, "SIGKILL");
    assert.ok(!livedOn, "the server lived on");
  });
});
