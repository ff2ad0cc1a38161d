// A server that cannot start must say why and what to do, in one line, and end: a stack trace or a hang helps nobody.
// test-timeout: 120 s
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { startCairn } from "../support/cairn-process.ts";
import { runCairn } from "../support/command.ts";
import { mountReadOnly, unmount } from "./support/mounts.ts";

describe("a server that cannot start says why", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cairn-start-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** It ends with a status that is not 0, and its one line says the words. */
  async function expectRefusal(args: readonly string[], words: readonly RegExp[]): Promise<void> {
    const { status, output } = await runCairn(["serve", ...args]);
    assert.notEqual(status, 0, output);
    for (const word of words) assert.match(output, word);
    assert.doesNotMatch(output, /^\s+at /m, "a stack trace");
  }

  it("the port is taken: which one, and how to choose another", async () => {
    await using first = await startCairn();
    const { port } = new URL(first.url);
    await expectRefusal(["--port", port, "--data-dir", folder], [new RegExp(`Port ${port} .* is taken`), /--port/]);
  });

  it("another server uses the folder: which one, and that server goes on", async () => {
    await using first = await startCairn({ dataDir: folder });
    await expectRefusal(
      ["--port", "0", "--data-dir", folder],
      [/Another Cairn server is using the folder/, new RegExp(folder)],
    );
    assert.equal((await fetch(`${first.url}/health`)).status, 200);
  });

  it("the folder may not be written", async (t) => {
    const closed = join(folder, "closed");
    mkdirSync(closed);
    // Rights do not hold root back; a file system that is read-only does.
    const isRoot = process.getuid?.() === 0;
    if (isRoot && !mountReadOnly(closed)) return t.skip("root is held back by no rights, and may not mount here");
    if (!isRoot) chmodSync(closed, 0o555);
    try {
      await expectRefusal(["--port", "0", "--data-dir", closed], [/cannot be used/, /written/, new RegExp(closed)]);
      await expectRefusal(["--port", "0", "--data-dir", join(closed, "deeper")], [/cannot be used/, /written/]);
    } finally {
      if (isRoot) unmount(closed);
      else chmodSync(closed, 0o755);
    }
  });

  it("the folder is a file", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    await expectRefusal(["--port", "0", "--data-dir", file], [/cannot be used/, new RegExp(file)]);
  });

  it("the database is no database", async () => {
    writeFileSync(join(folder, "cairn.sqlite"), "This is a text that was saved under the wrong name.\n".repeat(200));
    await expectRefusal(
      ["--port", "0", "--data-dir", folder],
      [/damaged|not a database|not one that Cairn made/, /cairn\.sqlite/],
    );
  });
});
