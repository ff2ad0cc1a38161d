// "Same bytes" is what people check before they trust a release: a renamed file must not look like new bytes.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Digest } from "@cairn/core";
import fc from "fast-check";
import { compareFiles, countChanges } from "./compare-files.ts";

const file = (path: string, digest: string, size = 10) => ({ path, digest: digest as Digest, size });

describe("two versions' files side by side", () => {
  it("are added, removed, changed, or have the same bytes", () => {
    const rows = compareFiles(
      [file("same", "a"), file("changed", "b"), file("removed", "c")],
      [file("changed", "d"), file("same", "a"), file("added", "e")],
    );
    assert.deepEqual(
      rows.map(({ path, change }) => [path, change]),
      [
        ["added", "added"],
        ["changed", "changed"],
        ["removed", "removed"],
        ["same", "same"],
      ],
    );
  });

  it("a file with another name and the same bytes has moved, once for each", () => {
    const rows = compareFiles(
      [file("old/a", "x"), file("old/b", "x")],
      [file("new/a", "x"), file("new/b", "x"), file("new/c", "x")],
    );
    assert.deepEqual(
      rows.map(({ path, change, from }) => [path, change, from]),
      [
        ["new/a", "moved", "old/a"],
        ["new/b", "moved", "old/b"],
        ["new/c", "added", undefined],
      ],
    );
  });

  it("counts what is shared by its size", () => {
    const totals = countChanges(
      compareFiles([file("a", "x", 5), file("b", "y", 7)], [file("a", "x", 5), file("c", "y", 7)]),
    );
    assert.deepEqual(totals, { added: 0, removed: 0, changed: 0, moved: 1, same: 1, sharedBytes: 12 });
  });

  it("every file of either side is in exactly one row", () => {
    const tree = fc
      .dictionary(fc.string({ maxLength: 3 }), fc.constantFrom("a", "b", "c"))
      .map((files) => Object.entries(files).map(([path, digest]) => file(path, digest)));
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const rows = compareFiles(before, after);
        assert.deepEqual(
          rows.flatMap(({ before: one }) => (one === undefined ? [] : [one.path])).sort(),
          before.map(({ path }) => path).sort(),
        );
        assert.deepEqual(
          rows.flatMap(({ after: one }) => (one === undefined ? [] : [one.path])).sort(),
          after.map(({ path }) => path).sort(),
        );
      }),
    );
  });
});
