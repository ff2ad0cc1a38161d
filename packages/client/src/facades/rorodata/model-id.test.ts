import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { modelId } from "./model-id.ts";

test("an id is 12 hex digits and always the same", () => {
  assert.match(modelId(1, 1), /^[0-9a-f]{12}$/);
  assert.equal(modelId(1, 1), modelId(1, 1));
});

test("no two images share an id", () => {
  const image = fc.tuple(fc.nat(2 ** 28 - 1), fc.integer({ min: 1, max: 2 ** 20 - 1 }));
  fc.assert(fc.property(image, image, ([a, b], [c, d]) => (modelId(a, b) === modelId(c, d)) === (a === c && b === d)));
  const ids = new Set<string>();
  for (let model = 0; model < 100; model++)
    for (let number = 1; number <= 100; number++) ids.add(modelId(model, number));
  assert.equal(ids.size, 10_000);
});
