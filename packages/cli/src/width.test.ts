import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { cut, displayWidth } from "./width.ts";

it("counts two columns for CJK and emoji, none for joined marks and colours", () => {
  const widths = [
    ["plain", 5],
    ["训练", 4],
    ["データ", 6],
    ["🎉", 2],
    ["👩‍🔬", 2],
    ["🇩🇪", 2],
    ["é", 1],
    ["ﬁ½…", 3],
    ["❤️", 2],
    ["1", 1],
    ["\u001b[32mfinished\u001b[39m", 8],
    ["a\u200bb", 2],
  ] as const;
  for (const [text, width] of widths) assert.equal(displayWidth(text), width, JSON.stringify(text));
});

it("cuts between characters, never through one", () => {
  assert.equal(cut("accuracy", 8), "accuracy");
  assert.equal(cut("accuracy", 5), "accu…");
  assert.equal(cut("训练轮次", 5), "训练…");
  assert.equal(cut("👩‍🔬👩‍🔬👩‍🔬", 5), "👩‍🔬👩‍🔬…");
  assert.equal(cut("x".repeat(1_000_000), 3), "xx…");
});

it("gives a text that fits unchanged, and otherwise one that fits", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (text, width) => {
      const result = cut(text, width);
      if (displayWidth(text) <= width) assert.equal(result, text);
      else assert.ok(displayWidth(result) <= width && result.endsWith("…"), result);
    }),
  );
});
