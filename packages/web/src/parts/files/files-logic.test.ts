import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decodeText } from "./decode-text.ts";
import { hexLines } from "./hex-lines.ts";
import { previewKind } from "./preview-kind.ts";
import { relativePath } from "./relative-path.ts";
import { foldersAbove, treeRows } from "./tree-rows.ts";

const file = (path: string) => ({ path, isFolder: false, size: 1 });
const folder = (path: string) => ({ path, isFolder: true, size: 0 });

describe("previewKind", () => {
  it("goes by the name, then by the type", () => {
    assert.equal(previewKind("a/b.PNG", "text/plain"), "image");
    assert.equal(previewKind("a.b/notes", "text/markdown; charset=utf-8"), "markdown");
    assert.equal(previewKind("x.json", null), "json");
    assert.equal(previewKind("x.weights", null), "unknown");
    assert.equal(previewKind("x", "application/ld+json"), "json");
  });

  it("never takes HTML or SVG for an image or a text of ours, whatever they are called", () => {
    assert.equal(previewKind("x.svg", "image/png"), "drawing");
    assert.equal(previewKind("x", "image/svg+xml"), "drawing");
    assert.equal(previewKind("x.html", "image/png"), "page");
    assert.equal(previewKind("x", "TEXT/HTML; charset=x"), "page");
  });
});

describe("relativePath", () => {
  it("finds a file beside, below and above", () => {
    assert.equal(relativePath("docs/report.md", "a.png"), "docs/a.png");
    assert.equal(relativePath("docs/report.md", "./x/../a%20b.png?raw=1#top"), "docs/a b.png");
    assert.equal(relativePath("docs/report.md", "../plots/a.png"), "plots/a.png");
  });

  it("does not leave the tree, nor take an address of the web for a file", () => {
    const refused = [
      "../../a.png",
      "/a.png",
      "https://x/a.png",
      "javascript:a.png",
      "//x/a.png",
      "\\\\x\\a.png",
      "%",
      "",
      "#a",
    ];
    for (const address of refused) assert.equal(relativePath("docs/report.md", address), undefined, address);
  });
});

describe("treeRows", () => {
  it("shows the children of open folders under them, folders first, numbers in names by their size", () => {
    const folders = new Map([
      ["", { entries: [file("step-10"), file("step-2"), folder("b")], hasMore: true }],
      ["b", { entries: [file("b/x")], hasMore: false }],
    ]);
    const rows = treeRows(folders, new Set(["b"])).map((row) =>
      row.kind === "entry" ? [row.entry.path, row.level] : row.kind,
    );
    assert.deepEqual(rows, [["b", 1], ["b/x", 2], ["step-2", 1], ["step-10", 1], "more"]);
    assert.equal(treeRows(folders, new Set()).length, 4);
  });

  it("says that an open folder is loading until its children are known", () => {
    const rows = treeRows(new Map([["", { entries: [folder("b")], hasMore: false }]]), new Set(["b"]));
    assert.deepEqual(
      rows.map(({ kind, level }) => [kind, level]),
      [
        ["entry", 1],
        ["loading", 2],
      ],
    );
    assert.deepEqual(treeRows(new Map(), new Set()), [{ kind: "loading", folder: "", level: 1 }]);
  });

  it("knows which folders must be open for a path", () => {
    assert.deepEqual(foldersAbove("a/b/c"), ["a", "a/b"]);
    assert.deepEqual(foldersAbove("a/b/"), ["a", "a/b"]);
    assert.deepEqual(foldersAbove("a"), []);
  });
});

describe("decodeText", () => {
  const bytes = new TextEncoder().encode("héllo 模型");

  it("reads UTF-8, and a head that ends within a character", () => {
    assert.equal(decodeText(bytes), "héllo 模型");
    assert.equal(decodeText(bytes.subarray(0, bytes.length - 1), true), "héllo 模");
  });

  it("does not take other bytes for text", () => {
    assert.equal(decodeText(bytes.subarray(0, bytes.length - 1)), undefined);
    assert.equal(decodeText(Uint8Array.of(97, 0, 98)), undefined);
    assert.equal(decodeText(Uint8Array.of(0xff, 0xfe)), undefined);
  });
});

it("bytes are shown by sixteens", () => {
  const lines = hexLines(Uint8Array.from({ length: 17 }, (_, index) => index + 60));
  assert.deepEqual(
    lines.map(({ offset }) => offset),
    ["00000000", "00000010"],
  );
  assert.equal(lines[1]?.hex, "4c");
  assert.equal(lines[0]?.text, "<=>?@ABCDEFGHIJK");
});
