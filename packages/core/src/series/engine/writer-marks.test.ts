import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isApplied, markApplied } from "./writer-marks.ts";

test("a number counts as applied if it was marked or lies 64 or more below the highest, and never else", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 80 }), (numbers) => {
      let row = { run: 1, writer: "w", highest: 0, low: 0, high: 0 };
      const marked = new Set<number>();
      for (const number of numbers) {
        if (isApplied(row, number)) continue;
        row = markApplied(row, number);
        marked.add(number);
        for (const bits of [row.low, row.high]) assert.ok(Number.isInteger(bits) && bits >= 0 && bits <= 0xffffffff);
      }
      const highest = Math.max(0, ...marked);
      assert.equal(row.highest, highest);
      for (let number = 1; number <= 210; number++) {
        assert.equal(isApplied(row, number), marked.has(number) || highest - number >= 64, `${number}`);
      }
    }),
  );
});
