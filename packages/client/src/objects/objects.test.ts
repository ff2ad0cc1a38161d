import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isTrackerError } from "@cairn/core";
import fc from "fast-check";
import { decodeObject } from "./decode-object.ts";
import { encodeObject } from "./encode-object.ts";

const copy = (value: unknown) => decodeObject(encodeObject(value));

const values = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  withBoxedValues: true,
  withNullPrototype: false,
});

describe("objects as bytes", () => {
  // The judge is Node's own structured clone.
  it("come back as structured clone copies them", () => {
    fc.assert(
      fc.property(values, (value) => {
        assert.deepEqual(copy(value), structuredClone(value));
      }),
    );
  });

  it("keep what JSON loses", () => {
    const value = {
      numbers: [Number.NaN, Number.POSITIVE_INFINITY, -0, 10n ** 30n],
      absent: undefined,
      when: new Date(1e12),
      never: new Date(Number.NaN),
      pattern: /a.b/gi,
      weights: new Float32Array([0.5, -1]),
      bytes: new Uint8Array([1, 2, 3]).buffer,
      error: new RangeError("too far"),
      nested: new Map<unknown, unknown>([[{ key: 1 }, new Set(["x"])]]),
    };
    const back = copy(value) as typeof value;
    assert.deepEqual(back, value);
    assert.ok(Object.is(back.numbers[2], -0));
    assert.ok(back.error instanceof RangeError);
  });

  it("keep cycles and what is shared", () => {
    const shared = { name: "shared" };
    const value: Record<string, unknown> = { a: shared, b: [shared, shared] };
    value["self"] = value;
    const back = copy(value) as { a: object; b: object[]; self: unknown };
    assert.equal(back.self, back);
    assert.equal(back.b[0], back.a);
    assert.equal(back.b[1], back.a);
  });

  it("may be as deep as they like", () => {
    let value: unknown = "bottom";
    for (let i = 0; i < 100_000; i++) value = [value];
    let back = copy(value);
    while (Array.isArray(back)) back = back[0];
    assert.equal(back, "bottom");
  });

  // Assigned as usual it would become the prototype of the copy.
  it("may have a key __proto__, which is data", () => {
    const back = copy(JSON.parse('{"__proto__": {"isAdmin": true}}')) as { isAdmin?: boolean };
    assert.equal(back.isAdmin, undefined);
    assert.deepEqual(Object.keys(back), ["__proto__"]);
  });

  it("are refused, with the place, when a copy would not be what was given", () => {
    const bad: [unknown, RegExp][] = [
      [{ layers: [{ loss: () => 0 }] }, /a function.*the value\.layers\[0\]\.loss/],
      [{ s: Symbol("s") }, /a symbol.*the value\.s/],
      [[Promise.resolve(1)], /a promise.*the value\[0\]/],
      [{ out: { dataSync: () => [], shape: [1] } }, /a tensor.*\.out.*array\(\)/],
    ];
    for (const [value, message] of bad) {
      assert.throws(
        () => encodeObject(value),
        (error) => isTrackerError(error) && error.code === "invalid" && message.test(error.message),
      );
    }
  });

  it("are refused when the bytes are other ones, cut short or changed, never misread as an error of ours", () => {
    const bytes = encodeObject({ a: [1, new Float64Array(4)], b: new Map([["x", 1]]) });
    const isInvalid = (error: unknown) => isTrackerError(error) && error.code === "invalid";
    assert.throws(() => decodeObject(new TextEncoder().encode("cos\nsystem\n(S'ls'\ntR.")), isInvalid);
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(() => decodeObject(bytes.subarray(0, length)), isInvalid, `cut to ${length}`);
    }
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const changed = bytes.slice();
        changed[at] = byte;
        try {
          decodeObject(changed);
        } catch (error) {
          assert.ok(isInvalid(error), String(error));
        }
      }),
    );
  });

  it("can be read from a part of a larger buffer", () => {
    const bytes = encodeObject({ x: 1 });
    const inside = new Uint8Array(bytes.length + 7);
    inside.set(bytes, 7);
    assert.deepEqual(decodeObject(inside.subarray(7)), { x: 1 });
  });
});
