import assert from "node:assert/strict";
import { test } from "node:test";
import { isTrackerError } from "@cairn/core";
import * as z from "zod";
import { checkSize } from "./check-size.ts";

const item = z.strictObject({ key: z.string(), value: z.unknown() });
const schema = z.strictObject({
  list: z.array(item).optional(),
  map: z.record(z.string(), z.string().nullable()).optional(),
  either: z.union([z.string(), z.array(z.string())]).optional(),
});
const many = (count: number, value: unknown = 0) => Array(count).fill(value);

function isTooLarge(value: unknown): boolean {
  try {
    checkSize(schema, value, "The body");
    return false;
  } catch (error) {
    assert.ok(isTrackerError(error) && error.code === "too_large", String(error));
    return true;
  }
}

test("what a schema would look at is counted: items, fields, and what a union may mean", () => {
  assert.equal(isTooLarge({ list: many(200_000) }), true);
  assert.equal(isTooLarge({ list: many(60_000, { key: "a", value: 1, more: 2 }) }), true);
  assert.equal(isTooLarge({ map: Object.fromEntries(many(250_000).map((_, i) => [i, "x"])) }), true);
  assert.equal(isTooLarge({ either: many(200_000, "x") }), true);
  assert.equal(isTooLarge({ either: many(2, many(100_000)) }), true);
  assert.equal(isTooLarge(Object.fromEntries(many(250_000).map((_, i) => [i, 1]))), true);
});

test("what it leaves free, or refuses at one look, is not", () => {
  assert.equal(isTooLarge({ list: [{ key: "a", value: many(1_000_000) }] }), false);
  assert.equal(isTooLarge({ list: { 0: many(1_000_000) }, map: many(1_000_000) }), false);
  assert.equal(isTooLarge({ unknown: many(1_000_000) }), false);
  assert.equal(isTooLarge({ list: many(50_000, { key: "a", value: 1 }), map: null, either: "x" }), false);
  assert.equal(isTooLarge(many(1_000_000)), false);
});
