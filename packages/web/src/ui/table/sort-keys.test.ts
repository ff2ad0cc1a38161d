import assert from "node:assert/strict";
import { test } from "node:test";
import { nextOrder } from "./sort-keys.ts";

const clicks = (...keys: readonly string[]) => {
  let order: ReturnType<typeof nextOrder> = [];
  for (const key of keys) {
    const isAdded = key.startsWith("+");
    order = nextOrder(order, key.replace(/[+!]/g, ""), { isAdded, startsDescending: key.includes("!") });
  }
  return order.map(({ key, descending }) => `${key}${descending ? "-" : "+"}`).join(" ");
};

test("a header is pressed three times: up, down, not at all", () => {
  assert.equal(clicks("a"), "a+");
  assert.equal(clicks("a", "a"), "a-");
  assert.equal(clicks("a", "a", "a"), "");
});

test("another header takes over; with Shift it decides after the first", () => {
  assert.equal(clicks("a", "b"), "b+");
  assert.equal(clicks("a", "+b"), "a+ b+");
  assert.equal(clicks("a", "+b", "+a"), "a- b+");
  assert.equal(clicks("a", "+b", "+a", "+a"), "b+");
});

test("times begin with the newest", () => {
  assert.equal(clicks("!t"), "t-");
  assert.equal(clicks("!t", "!t"), "t+");
  assert.equal(clicks("!t", "!t", "!t"), "");
});
