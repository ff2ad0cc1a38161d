import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  compareKeys,
  compareKeyWith,
  compareLatest,
  compareLatestKeys,
  comparePoints,
  concatPoints,
  dedupeSorted,
  isSorted,
  keyAt,
  type Points,
  pointCount,
  slicePoints,
  sortPoints,
} from "./points.ts";
import { assertSamePoints, pointsOf } from "./testing.ts";

const few = pointsOf(fc.integer({ min: 1, max: 12 }));
const some = pointsOf(fc.nat(200));
const orders = { comparePoints, compareLatest };

const one = (value: number, batch: number | null = null, time = 0, step = 0): Points => ({
  steps: Float64Array.of(step),
  times: Float64Array.of(time),
  values: Float64Array.of(value),
  batches: batch === null ? null : Float64Array.of(batch),
});

describe("the one order", () => {
  it("goes by time, then step, then value with NaN as 0, then is-NaN, then batch with none lowest", () => {
    const rising = [
      one(5, 5, -1, 9),
      one(5, 5, 0, -1),
      one(Number.NEGATIVE_INFINITY),
      one(-1e-300),
      one(0),
      one(0, -3),
      one(0, 0),
      one(Number.NaN),
      one(Number.NaN, 0),
      one(5e-324),
      one(Number.POSITIVE_INFINITY),
      one(-9, null, 0, 1),
    ];
    for (const [i, a] of rising.entries()) {
      for (const [j, b] of rising.entries()) {
        assert.equal(comparePoints(a, 0, b, 0), Math.sign(i - j), `${i} and ${j}`);
      }
    }
  });

  it("takes -0 for 0, and a batch column without batches for none", () => {
    assert.equal(comparePoints(one(-0), 0, one(0), 0), 0);
    assert.equal(comparePoints(one(1, Number.NaN), 0, one(1), 0), 0);
    assert.deepEqual(keyAt(one(-0, -0, -0, -0), 0), { time: 0, step: 0, value: 0, batch: 0 });
  });

  it("tells of latest by step before time", () => {
    assert.equal(compareLatest(one(0, null, 9, 1), 0, one(0, null, 1, 2), 0), -1);
    assert.equal(compareLatest(one(0, null, 9, 1), 0, one(0, null, 1, 1), 0), 1);
  });

  for (const [name, compare] of Object.entries(orders)) {
    it(`is total: ${name}`, () => {
      fc.assert(
        fc.property(few, (p) => {
          const n = pointCount(p);
          for (let i = 0; i < n; i++) {
            assert.equal(compare(p, i, p, i), 0);
            for (let j = 0; j < n; j++) {
              assert.equal(compare(p, i, p, j) + compare(p, j, p, i), 0);
              for (let k = 0; k < n; k++) {
                if (compare(p, i, p, j) <= 0 && compare(p, j, p, k) <= 0) assert.ok(compare(p, i, p, k) <= 0);
              }
            }
          }
        }),
      );
    });
  }

  it("is the same between points, keys, and a key and a point", () => {
    fc.assert(
      fc.property(few, few, (a, b) => {
        for (let i = 0; i < pointCount(a); i++) {
          for (let j = 0; j < pointCount(b); j++) {
            const expected = comparePoints(a, i, b, j);
            assert.equal(compareKeyWith(keyAt(a, i), b, j), expected);
            assert.equal(compareKeys(keyAt(a, i), keyAt(b, j)), expected);
            assert.equal(compareLatestKeys(keyAt(a, i), keyAt(b, j)), compareLatest(a, i, b, j));
          }
        }
      }),
    );
  });
});

describe("sortPoints", () => {
  it("puts every point where a plain sort of the indexes puts it, equals in their old order", () => {
    fc.assert(
      fc.property(some, (p) => {
        const order = Array.from({ length: pointCount(p) }, (_, i) => i).sort((i, j) => comparePoints(p, i, p, j));
        const sorted = sortPoints(p);
        assert.ok(isSorted(sorted));
        assert.ok(order.every((from, to) => Object.is(sorted.values[to], p.values[from])));
        assertSamePoints(sorted, concatPoints(order.map((i) => slicePoints(p, i, i + 1))));
      }),
    );
  });

  it("gives sorted points back as they are", () => {
    const p = concatPoints([one(1), one(2), one(2), one(Number.NaN, null, 1)]);
    assert.equal(sortPoints(p), p);
  });

  it("sees in isSorted only the points asked for", () => {
    const p = concatPoints([one(3), one(1), one(2)]);
    assert.equal(isSorted(p), false);
    assert.equal(isSorted(p, 1), true);
    assert.equal(isSorted(p, 0, 1), true);
  });
});

describe("dedupeSorted", () => {
  it("leaves one point for each key", () => {
    fc.assert(
      fc.property(some, (p) => {
        const sorted = sortPoints(p);
        const kept = dedupeSorted(sorted);
        const names = (q: Points) => Array.from({ length: pointCount(q) }, (_, i) => Object.values(keyAt(q, i)).join());
        assert.deepEqual(names(kept), [...new Set(names(sorted))]);
      }),
    );
  });
});

describe("slicing and joining", () => {
  it("gives back what was cut, with and without batches", () => {
    fc.assert(
      fc.property(some, fc.nat(200), some, (p, at, other) => {
        const cut = Math.min(at, pointCount(p));
        assertSamePoints(concatPoints([slicePoints(p, 0, cut), slicePoints(p, cut, pointCount(p))]), p);
        const joined = concatPoints([p, other]);
        assertSamePoints(slicePoints(joined, 0, pointCount(p)), p);
        assertSamePoints(slicePoints(joined, pointCount(p), pointCount(joined)), other);
      }),
    );
  });

  it("makes no points of no parts", () => assert.equal(pointCount(concatPoints([])), 0));
});
