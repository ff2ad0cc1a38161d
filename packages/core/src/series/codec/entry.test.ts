import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isTrackerError } from "../../errors.ts";
import {
  buildEntries,
  buildEntry,
  decodeEntries,
  type Entry,
  encodeEntries,
  entriesOf,
  entryAt,
  groupEntries,
  mergeEntries,
} from "./entry.ts";
import { type Points, pointCount } from "./points.ts";
import { pointsOf, sortedPointsOf } from "./testing.ts";

const filled = pointsOf(fc.integer({ min: 1, max: 150 }));

/** The definition, without haste. */
function expectedEntry(p: Points): Entry {
  const finite = [...p.values].filter(Number.isFinite);
  return {
    count: pointCount(p),
    minStep: Math.min(...p.steps) + 0,
    maxStep: Math.max(...p.steps) + 0,
    minTime: Math.min(...p.times) + 0,
    maxTime: Math.max(...p.times) + 0,
    min: finite.length === 0 ? Number.NaN : Math.min(...finite) + 0,
    max: finite.length === 0 ? Number.NaN : Math.max(...finite) + 0,
    sum: finite.reduce((a, b) => a + b, 0) + 0,
    nan: [...p.values].filter(Number.isNaN).length,
    posInf: [...p.values].filter((v) => v === Number.POSITIVE_INFINITY).length,
    negInf: [...p.values].filter((v) => v === Number.NEGATIVE_INFINITY).length,
  };
}

function assertSameEntry(actual: Entry, expected: Entry): void {
  assert.deepEqual({ ...actual, sum: 0, min: actual.min + 0, max: actual.max + 0 }, { ...expected, sum: 0 });
  const size = Math.max(1e-300, Math.abs(actual.min), Math.abs(actual.max)) * actual.count;
  assert.ok(Object.is(actual.sum, expected.sum) || Math.abs(actual.sum - expected.sum) <= size * 1e-12);
}

describe("entry", () => {
  it("says of points what its definition says", () => {
    fc.assert(fc.property(filled, (p) => assertSameEntry(buildEntry(p, 0, pointCount(p)), expectedEntry(p))));
  });

  it("merged from stretches is the entry of the whole", () => {
    fc.assert(
      fc.property(filled, fc.array(fc.nat(150), { maxLength: 6 }), (p, cuts) => {
        const n = pointCount(p);
        const edges = [...new Set([0, n, ...cuts.filter((c) => c < n)])].sort((a, b) => a - b);
        const stretches = edges.slice(1).map((to, i) => buildEntry(p, edges[i] as number, to));
        assertSameEntry(mergeEntries(stretches), buildEntry(p, 0, n));
        assertSameEntry(mergeEntries(stretches.toReversed()), buildEntry(p, 0, n));
      }),
    );
  });

  it("is the same built in rows, grouped, and one by one", () => {
    fc.assert(
      fc.property(sortedPointsOf(fc.integer({ min: 1, max: 300 })), fc.integer({ min: 1, max: 70 }), (p, unit) => {
        const rows = buildEntries(p, unit);
        assert.equal(rows.length, Math.ceil(pointCount(p) / unit));
        for (let i = 0; i < rows.length; i++) {
          assertSameEntry(entryAt(rows, i), buildEntry(p, i * unit, Math.min(pointCount(p), (i + 1) * unit)));
        }
        const groups = groupEntries(rows, 4);
        const wide = buildEntries(p, 4 * unit);
        assert.equal(groups.length, wide.length);
        for (let i = 0; i < wide.length; i++) assertSameEntry(entryAt(groups, i), entryAt(wide, i));
      }),
    );
  });

  it("needs a point, or an entry to merge", () => {
    const p = { steps: Float64Array.of(1), times: Float64Array.of(1), values: Float64Array.of(1), batches: null };
    for (const wrong of [() => buildEntry(p, 1, 1), () => mergeEntries([])]) {
      assert.throws(wrong, (error) => isTrackerError(error) && error.code === "invalid");
    }
  });

  // One infinity in a chunk must not hide a spike, nor a sum that overflows be taken for an infinity among the values.
  it("keeps infinities out of the extremes and an overflowing sum out of the counts", () => {
    const entryOf = (...values: number[]) => {
      const zeros = new Float64Array(values.length);
      return buildEntry(
        { steps: zeros, times: zeros, values: Float64Array.from(values), batches: null },
        0,
        values.length,
      );
    };
    const spiky = entryOf(1, Number.POSITIVE_INFINITY, 50, Number.NaN, -2);
    assert.deepEqual([spiky.min, spiky.max, spiky.sum, spiky.nan, spiky.posInf, spiky.negInf], [-2, 50, 49, 1, 1, 0]);
    const large = entryOf(1.7e308, 1.7e308);
    assert.deepEqual([large.min, large.max, large.sum, large.posInf], [1.7e308, 1.7e308, Number.POSITIVE_INFINITY, 0]);
    const none = entryOf(Number.NaN, Number.NEGATIVE_INFINITY);
    assert.deepEqual([none.min, none.max, none.sum], [Number.NaN, Number.NaN, 0]);
  });
});

describe("encodeEntries", () => {
  it("gives back every entry bit for bit, from columns and from objects", () => {
    fc.assert(
      fc.property(sortedPointsOf(fc.nat(300)), fc.constantFrom(1, 3, 64), (p, unit) => {
        const columns = buildEntries(p, unit);
        const entries = Array.from({ length: columns.length }, (_, i) => entryAt(columns, i));
        const bytes = encodeEntries(columns);
        assert.deepEqual(encodeEntries(entries), bytes);
        assert.deepEqual(decodeEntries(bytes), columns);
        assert.deepEqual(entriesOf(entries), columns);
      }),
    );
  });
});
