import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareText, foldCase } from "./text-order.ts";

const text = fc.string({ unit: fc.constantFrom("a", "Z", "é", "～", "\ufffd", "😀", "𝄞", "\ud7ff") });

test("texts compare as their code points do, not as UTF-16 units", () => {
  assert.ok(compareText("～", "😀") < 0);
  fc.assert(
    fc.property(text, text, (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      assert.equal(Math.sign(compareText(a, b)), bytes);
    }),
  );
});

test("folding touches A to Z alone", () => {
  assert.equal(foldCase("ÄBC-İ-Zz"), "Äbc-İ-zz");
});
