import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isTrackerError } from "../../errors.ts";
import { buildEntries, entryAt, groupEntries } from "./entry.ts";
import { decodeSegment, encodeSegment } from "./segment.ts";
import { sortedPointsOf } from "./testing.ts";

describe("segment", () => {
  it("gives back its middle entries, and coarse ones of 16 each", () => {
    fc.assert(
      fc.property(sortedPointsOf(fc.constantFrom(16 * 3, 64 * 3, 256 * 3)), (p) => {
        const middle = buildEntries(p, 3);
        const objects = Array.from({ length: middle.length }, (_, i) => entryAt(middle, i));
        const bytes = encodeSegment(middle);
        assert.deepEqual(encodeSegment(objects), bytes);
        assert.deepEqual(decodeSegment(bytes), { middle, coarse: groupEntries(middle, 16) });
      }),
    );
  });

  it("refuses a number of entries that fills no coarse one, or more than 256", () => {
    for (const count of [0, 15, 17, 272]) {
      const column = new Float64Array(count);
      const entries = buildEntries({ steps: column, times: column, values: column, batches: null }, 1);
      assert.throws(
        () => encodeSegment(entries),
        (error) => isTrackerError(error) && error.code === "invalid",
      );
    }
  });
});
