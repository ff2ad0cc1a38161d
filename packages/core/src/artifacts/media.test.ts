import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { contentTypeOf, extensionOf, parseContentType, pathWithoutName } from "./media.ts";
import { parseArtifactPath } from "./path.ts";

describe("the content type of a file", () => {
  for (const [path, type] of [
    ["plots/loss.png", "image/png"],
    ["photo.JPEG", "image/jpeg"],
    ["page.html", "text/html"],
    ["notes.txt", "text/plain"],
    ["conf/train.yaml", "text/plain"],
    ["metrics.json", "text/plain"],
    ["table.csv", "text/plain"],
    ["model/MLmodel", "text/plain"],
    ["model.pkl", "application/octet-stream"],
    ["weights.safetensors", "application/octet-stream"],
    ["Makefile", "application/octet-stream"],
    ["a.b/c", "application/octet-stream"],
    ["archive.tar.gz", "application/gzip"],
    ["x.constructor", "application/octet-stream"],
    ["x.__proto__", "application/octet-stream"],
    ["ends.", "application/octet-stream"],
  ]) {
    it(`of ${path} is ${type}`, () => assert.equal(contentTypeOf(path ?? ""), type));
  }
});

describe("a file that came without a path", () => {
  it("gets one from chance and its type", () => {
    assert.equal(pathWithoutName("0a1b", "image/png"), "artifacts/0a1b.png");
    assert.equal(pathWithoutName("0a1b", "text/plain; charset=utf-8"), "artifacts/0a1b.txt");
    assert.equal(pathWithoutName("0a1b", null), "artifacts/0a1b.bin");
  });

  it("gets an extension that is a plain word, whatever its type says", () => {
    fc.assert(
      fc.property(fc.string(), (type) => {
        assert.match(extensionOf(type), /^[a-z0-9]+$/);
        parseArtifactPath(pathWithoutName("id", type));
      }),
    );
  });
});

describe("a content type from outside", () => {
  it("is taken as it is when it is one", () => {
    for (const type of ["image/png", "text/plain; charset=utf-8", 'a/b;c="d e"', "application/vnd.api+json"]) {
      assert.equal(parseContentType(type), type);
    }
  });

  // It goes into a header of every download.
  it("is refused when it is none, or could end its header", () => {
    for (const type of [
      "",
      "png",
      "image/",
      "a/b\r\nSet-Cookie: x=1",
      "a/b\n",
      "a/b; c",
      "ü/b",
      `a/${"b".repeat(300)}`,
    ]) {
      assert.throws(() => parseContentType(type), { code: "invalid" }, type);
    }
  });
});
