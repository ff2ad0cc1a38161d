import assert from "node:assert/strict";
import { it } from "node:test";
import { baselineText, numberOfBaseline } from "./baseline.ts";

const model = { aliases: { staging: 3, production: 2 }, latest: 4 };

it("the baseline is the first alias by name unless the address says otherwise", () => {
  assert.equal(baselineText(model, undefined), "@production");
  assert.equal(baselineText(model, "@staging"), "@staging");
  assert.equal(baselineText(model, "7"), "7");
  assert.equal(baselineText(model, "none"), "none");
  assert.equal(baselineText({ aliases: {} }, undefined), "none");
});

it("a version is not held against itself, unless somebody wants it", () => {
  assert.equal(baselineText(model, undefined, 2), "@staging");
  assert.equal(baselineText({ aliases: { production: 2 } }, undefined, 2), "none");
  assert.equal(baselineText(model, "@production", 2), "@production");
});

it("an alias that is gone, or nonsense, is as if nothing were said", () => {
  for (const text of ["@gone", "@toString", "0", "-1", "x", ""]) assert.equal(baselineText(model, text), "@production");
});

it("an alias follows where it points, and latest is the newest sealed version", () => {
  assert.equal(numberOfBaseline(model, "@production"), 2);
  assert.equal(numberOfBaseline(model, "@latest"), 4);
  assert.equal(numberOfBaseline({ aliases: {}, latest: null }, "@latest"), undefined);
  assert.equal(numberOfBaseline(model, "none"), undefined);
});
