import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseRange } from "./range.ts";

describe("a Range header", () => {
  const cases: readonly (readonly [string | undefined, ReturnType<typeof parseRange>])[] = [
    [undefined, null],
    ["", null],
    ["bytes=0-4", { start: 0, end: 5 }],
    ["bytes=5-", { start: 5, end: 10 }],
    ["bytes=-3", { start: 7, end: 10 }],
    ["bytes=-30", { start: 0, end: 10 }],
    ["bytes=8-99", { start: 8, end: 10 }],
    ["bytes=10-", "unsatisfiable"],
    ["bytes=-0", "unsatisfiable"],
    ["bytes=4-2", null],
    ["bytes=-", null],
    ["bytes=0-1,3-4", null],
    ["items=0-1", null],
  ];
  for (const [header, range] of cases)
    it(`${header} of ten bytes`, () => assert.deepEqual(parseRange(header, 10), range));

  it("never leads outside the file", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.oneof(
          fc.string(),
          fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `bytes=${a}-${b}`),
        ),
        (size, header) => {
          const range = parseRange(header, size);
          if (range === null || range === "unsatisfiable") return;
          assert.ok(range.start >= 0 && range.start < range.end && range.end <= size);
        },
      ),
    );
  });
});
