import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { columnsInSight } from "./columns-in-sight.ts";

const place = (widths: readonly number[]) => {
  let start = 0;
  return widths.map((width) => {
    const at = { start, width };
    start += width;
    return at;
  });
};

test("every column that shows a pixel is in sight, and never more than four others", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 56, max: 900 }), { maxLength: 60 }),
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 1, max: 3000 }),
      (widths, from, width) => {
        const places = place(widths);
        const [first, end] = columnsInSight(places, from, width);
        const seen = places.map(({ start, width: own }) => start < from + width && start + own > from);
        for (const [index, isSeen] of seen.entries()) if (isSeen) assert.ok(first <= index && index < end);
        assert.ok(end - first <= seen.filter(Boolean).length + 4);
        assert.ok(first >= 0 && end <= places.length);
      },
    ),
  );
});
