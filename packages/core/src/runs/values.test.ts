import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { TrackerError } from "../errors.ts";
import type { Json } from "../json.ts";
import { decodeValue, encodeValue } from "./values.ts";

it("gives every JSON value back", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) =>
      assert.deepEqual(decodeValue(encodeValue(value as Json)), JSON.parse(JSON.stringify(value))),
    ),
  );
});

it("keeps NaN and the infinities as numbers, apart from the texts of the same name", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, "NaN", "Infinity"]) {
    assert.ok(Object.is(decodeValue(encodeValue(value)), value));
  }
});

// JSON.stringify would turn an inner NaN into null without a word.
it("refuses NaN inside a list or an object instead of losing it", () => {
  for (const value of [[Number.NaN], { a: { b: Number.POSITIVE_INFINITY } }] as Json[]) {
    assert.throws(
      () => encodeValue(value),
      (error) => error instanceof TrackerError && error.code === "invalid",
    );
  }
});

it("refuses nesting that could overflow a reader's stack", () => {
  let value: Json = 1;
  for (let i = 0; i < 1000; i++) value = [value];
  assert.throws(() => encodeValue(value), /32 levels/);
});
