import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { compareValues, relativeChange } from "./compare-values.ts";

describe("two versions' values side by side", () => {
  it("says of each key what became of it, by key", () => {
    const compared = compareValues({ b: 1, c: "x", gone: null }, { b: 1, c: "y", a: true });
    assert.deepEqual(
      compared.map(({ key, change }) => [key, change]),
      [
        ["a", "added"],
        ["b", "same"],
        ["c", "changed"],
        ["gone", "removed"],
      ],
    );
  });

  it("NaN has not changed when it is NaN again, and objects not when only their keys stand otherwise", () => {
    const changes = compareValues(
      { nan: Number.NaN, object: { a: 1, b: [1, { c: 2, d: 3 }] } },
      { nan: Number.NaN, object: { b: [1, { d: 3, c: 2 }], a: 1 } },
    ).map(({ change }) => change);
    assert.deepEqual(changes, ["same", "same"]);
  });

  it("null is a value, and a number is not its text", () => {
    const changes = compareValues({ a: null, b: 1 }, { a: 0, b: "1" }).map(({ change }) => change);
    assert.deepEqual(changes, ["changed", "changed"]);
  });

  it("a key called like a method of objects is a key like any other", () => {
    assert.deepEqual(
      compareValues({}, { toString: 1 }).map(({ key, change }) => [key, change]),
      [["toString", "added"]],
    );
  });

  it("anything is the same as itself, and each key is named once", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (map) => {
        const compared = compareValues(map as never, structuredClone(map) as never);
        assert.equal(compared.length, Object.keys(map).length);
        assert.ok(compared.every(({ change }) => change === "same"));
      }),
    );
  });
});

describe("how far a number is from the baseline", () => {
  it("is a part of the baseline's size, so that more is positive below zero too", () => {
    assert.equal(relativeChange(1.5, 1), 0.5);
    assert.equal(relativeChange(-0.5, -1), 0.5);
    assert.equal(relativeChange(1, 1), 0);
  });

  it("is nothing where there is no percentage", () => {
    for (const [value, baseline] of [
      [1, 0],
      [Number.NaN, 1],
      [1, Number.POSITIVE_INFINITY],
      ["1", 1],
      [1, undefined],
    ]) {
      const change = relativeChange(value, baseline);
      assert.ok(change === undefined || change === 0 || Number.isFinite(change));
      if (baseline !== Number.POSITIVE_INFINITY) assert.equal(change, undefined);
    }
    assert.equal(relativeChange(1, Number.POSITIVE_INFINITY), undefined);
  });
});
