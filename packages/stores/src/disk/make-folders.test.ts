import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { makeFolders } from "./make-folders.ts";

describe("a folder to be made", () => {
  let top = "";
  before(() => {
    top = mkdtempSync(join(tmpdir(), "cairn-folder-"));
  });
  after(() => rmSync(top, { recursive: true, force: true }));

  it("is there afterwards, with all above it, and may be there before", () => {
    const folder = join(top, "a", "b", "c");
    makeFolders(folder);
    makeFolders(folder);
    assert.ok(statSync(folder).isDirectory());
  });

  it("is refused below a file, and in place of one", () => {
    writeFileSync(join(top, "file"), "");
    assert.throws(() => makeFolders(join(top, "file")), { code: "EEXIST" });
    assert.throws(() => makeFolders(join(top, "file", "x", "y")), { code: "ENOTDIR" });
  });

  // Node's recursive mkdir asks for ever here.
  it("is refused where nobody can make one", { skip: existsSync("/proc/self") ? false : "no /proc here" }, () => {
    assert.throws(() => makeFolders("/proc/cairn/data"), { code: "ENOENT" });
  });
});
