import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { attachmentHeader } from "./attachment.ts";

describe("the header that saves a download under its name", () => {
  for (const [path, header] of [
    ["plots/loss.png", 'attachment; filename="loss.png"'],
    ["a b.txt", 'attachment; filename="a b.txt"'],
    ["naïve.txt", "attachment; filename=\"na_ve.txt\"; filename*=UTF-8''na%C3%AFve.txt"],
    ["😀.bin", "attachment; filename=\"_.bin\"; filename*=UTF-8''%F0%9F%98%80.bin"],
    ['say "x".txt', "attachment; filename=\"say _x_.txt\"; filename*=UTF-8''say%20%22x%22.txt"],
    ["50%25.txt", "attachment; filename=\"50_25.txt\"; filename*=UTF-8''50%2525.txt"],
    ["it's (1)*.txt", 'attachment; filename="it\'s (1)*.txt"'],
    ["é'(1)*", "attachment; filename=\"_'(1)*\"; filename*=UTF-8''%C3%A9%27%281%29%2A"],
  ]) {
    it(`of ${path}`, () => assert.equal(attachmentHeader(path ?? ""), header));
  }

  it("can hold nothing but its two names, and gives the exact one back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const name = text.slice(text.lastIndexOf("/") + 1).toWellFormed();
        const header = attachmentHeader(text);
        const [, plain, exact] =
          /^attachment; filename="([^"\\]*)"(?:; filename\*=UTF-8''([\w!#$&+.^`|~%-]*))?$/.exec(header) ?? [];
        assert.ok(plain !== undefined && /^[ -~]*$/.test(plain), header);
        assert.equal(exact === undefined ? plain : decodeURIComponent(exact), name);
      }),
      { numRuns: 2000 },
    );
  });
});
