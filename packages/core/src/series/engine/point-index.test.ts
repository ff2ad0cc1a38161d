import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { comparePoints } from "../codec/points.ts";
import { appendFlat, createFlatLog } from "./flat-log.ts";
import { createPointIndex, extendIndex, hasPoint } from "./point-index.ts";
import { columnsOf, type TestPoint } from "./testing.ts";

const value = fc.constantFrom(0, -0, 1, Number.NaN, Number.POSITIVE_INFINITY);
const small = fc.integer({ min: -2, max: 2 });
const point = fc.tuple(small, small, value, fc.option(small, { nil: undefined })) as fc.Arbitrary<TestPoint>;
const part = fc.record({
  series: fc.integer({ min: 1, max: 3 }),
  points: fc.array(point, { minLength: 1, maxLength: 80 }),
});

test("the index finds just the points that the log has of a series, however it grew", () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), fc.array(point, { maxLength: 40 }), (parts, asked) => {
      const log = createFlatLog();
      const index = createPointIndex();
      for (const { series, points } of parts) {
        const columns = columnsOf(points);
        const flat = {
          ...columns,
          series: Uint32Array.of(series),
          attempts: Uint32Array.of(0),
          counts: Uint32Array.of(points.length),
        };
        appendFlat(log, flat, (id) => id - 1);
        extendIndex(index, log);
      }
      for (const slot of [0, 1, 2]) {
        const own = parts.filter(({ series }) => series === slot + 1).map(({ points }) => columnsOf(points));
        for (const one of [...asked, ...parts.flatMap(({ points }) => points)]) {
          const p = columnsOf([one]);
          const expected = own.some((columns) => columns.values.some((_, i) => comparePoints(columns, i, p, 0) === 0));
          assert.equal(hasPoint(index, log, slot, p, 0), expected);
        }
      }
    }),
    { numRuns: 50 },
  );
});
