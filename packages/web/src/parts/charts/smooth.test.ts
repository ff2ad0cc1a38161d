import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { smoothValues } from "./smooth.ts";

const ones = (length: number) => new Uint32Array(length).fill(1);
const smooth = (xs: number[], ys: number[], smoothing: number, range = 100) => [
  ...smoothValues(Float64Array.from(xs), Float64Array.from(ys), ones(xs.length), smoothing, range),
];

describe("smoothing", () => {
  it("begins at the first value, not at zero", () => {
    assert.equal(smooth([0, 1], [5, 5], 0.9)[0], 5);
  });

  it("stays between the least and the greatest value", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 50 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (values, smoothing) => {
          const out = smooth([...values.keys()], values, smoothing);
          const [low, high] = [Math.min(...values), Math.max(...values)];
          for (const each of out) assert.ok(each >= low - 1e-6 && each <= high + 1e-6);
        },
      ),
    );
  });

  it("weighs by distance on the axis, not by the number of points", () => {
    const near = smooth([0, 0.1], [0, 10], 0.9)[1] ?? 0;
    const far = smooth([0, 50], [0, 10], 0.9)[1] ?? 0;
    assert.ok(far > near);
    assert.ok(far > 9.9);
  });

  it("passes over NaN, and goes on after it", () => {
    const out = smooth([0, 1, 2], [1, Number.NaN, 1], 0.5);
    assert.deepEqual(out, [1, Number.NaN, 1]);
  });

  it("gives a row the weight of its points", () => {
    const xs = Float64Array.of(0, 0);
    const out = smoothValues(xs, Float64Array.of(0, 10), Uint32Array.of(1, 9), 0.9, 100);
    assert.equal(out[1], 9);
  });
});
