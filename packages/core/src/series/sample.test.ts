import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { pickPlaces } from "./sample.ts";

describe("places of points sampled for a chart", () => {
  it("are all of them when they are few, the last one when one is asked for", () => {
    assert.deepEqual(pickPlaces(3, 5), [0, 1, 2]);
    assert.deepEqual(pickPlaces(0, 5), []);
    assert.deepEqual(pickPlaces(9, 1), [8]);
    assert.deepEqual(pickPlaces(10, 4), [0, 3, 6, 9]);
  });

  it("begin with the first, end with the last, and lie evenly between", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5000 }), fc.integer({ min: 2, max: 300 }), (count, limit) => {
        const places = pickPlaces(count, limit);
        assert.equal(places.length, Math.min(count, limit));
        assert.equal(places[0], 0);
        assert.equal(places.at(-1), count - 1);
        const gaps = places.slice(1).map((place, index) => place - (places[index] as number));
        assert.ok(gaps.every((gap) => gap > 0));
        const inner = gaps.slice(0, -1);
        assert.ok(inner.length === 0 || Math.max(...inner) - Math.min(...inner) <= 1);
      }),
    );
  });
});
