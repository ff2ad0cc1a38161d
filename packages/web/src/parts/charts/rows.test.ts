import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { foldRows, mergeRows, nextFrom, type Rows, rowCount } from "./rows.ts";
import { rowsOf, type TestPoint } from "./testing.ts";

const point: fc.Arbitrary<TestPoint> = fc.record({
  step: fc.integer({ min: 0, max: 60 }),
  value: fc.oneof(
    fc.integer({ min: -50, max: 50 }),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  ),
});
const points = fc.array(point, { minLength: 1, maxLength: 80 });

const total = (column: Uint32Array | Float64Array) => Array.from(column).reduce((a, b) => a + b, 0);
const least = (column: Float64Array) => column.reduce((a, b) => (Number.isNaN(a) || b < a ? b : a), Number.NaN);
const whole = (rows: Rows) => ({
  points: total(rows.counts),
  nan: total(rows.nans),
  up: total(rows.positiveInfinities),
  sum: total(rows.sums),
  min: least(rows.mins),
  max: -least(rows.maxs.map((value) => -value)),
  first: Math.min(...rows.minSteps),
  last: Math.max(...rows.maxSteps),
});

describe("folding rows", () => {
  it("gives few enough, and loses no point, extreme or sum", () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 40 }), (given, most) => {
        const rows = rowsOf(given);
        const folded = foldRows(rows, most);
        assert.ok(rowCount(folded) <= most);
        assert.deepEqual(whole(folded), whole(rows));
        assert.equal(folded.points, rows.points);
      }),
    );
  });

  it("gives rows that are few enough back as they are", () => {
    const rows = rowsOf([{ step: 1, value: 1 }]);
    assert.equal(foldRows(rows, 1), rows);
  });

  it("never joins points of two attempts", () => {
    const rows = rowsOf([
      { step: 1, value: 1 },
      { step: 2, value: 2 },
      { step: 1, value: 3, attempt: 1 },
      { step: 2, value: 4, attempt: 1 },
    ]);
    const folded = foldRows(rows, 2);
    assert.deepEqual([...folded.attempts], [0, 1]);
    assert.deepEqual([...folded.sums], [3, 7]);
  });
});

describe("following a series", () => {
  /** A row that covers points on both sides of the question's beginning would count them twice. */
  it("asks from where no row is cut, so that old rows and the answer together are all points once", () => {
    fc.assert(
      fc.property(points, points, fc.integer({ min: 1, max: 20 }), (before, after, most) => {
        const held = foldRows(rowsOf(before), most);
        const from = nextFrom(held);
        assert.notEqual(from, null);
        const late = after.map((each) => ({ ...each, step: each.step + (from ?? 0) }));
        const all = [...before, ...late];
        const answer = rowsOf(all.filter(({ step }) => step >= (from ?? 0)));
        const merged = mergeRows(held, answer, from ?? 0);
        assert.ok(merged !== undefined);
        assert.deepEqual(whole(merged), whole(rowsOf(all)));
      }),
    );
  });

  it("begins at the last point when nothing is folded", () => {
    assert.equal(
      nextFrom(
        rowsOf([
          { step: 3, value: 1 },
          { step: 9, value: 1 },
        ]),
      ),
      9,
    );
  });

  it("keeps earlier attempts, which the answer brings again", () => {
    const first = [
      { step: 1, value: 1 },
      { step: 5, value: 2 },
    ];
    const second = [{ step: 3, value: 3, attempt: 1 }];
    const merged = mergeRows(
      rowsOf([...first, ...second]),
      rowsOf([
        { step: 5, value: 2 },
        { step: 3, value: 3, attempt: 1 },
        { step: 4, value: 4, attempt: 1 },
      ]),
      3,
    );
    assert.deepEqual(merged && [...merged.sums], [1, 2, 3, 4]);
  });

  it("says when a newer attempt began: what it superseded is not known here", () => {
    assert.equal(mergeRows(rowsOf([{ step: 5, value: 1 }]), rowsOf([{ step: 5, value: 1, attempt: 1 }]), 5), undefined);
  });

  it("takes the answer where nothing was held", () => {
    const answer = rowsOf([{ step: 1, value: 1 }]);
    assert.equal(nextFrom(rowsOf([])), null);
    assert.equal(mergeRows(rowsOf([]), answer, 0), answer);
  });
});
