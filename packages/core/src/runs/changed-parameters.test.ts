import assert from "node:assert/strict";
import { it } from "node:test";
import { findChangedParameters } from "./changed-parameters.ts";
import type { Parameter } from "./run.ts";

const run = (...parameters: [group: string, key: string, value: Parameter["value"]][]) => ({
  parameters: parameters.map(([group, key, value]) => ({ group, key, value })),
});

it("what differs from the first run is marked, run by run; a missing value differs", () => {
  const runs = [
    run(["net", "depth", 3], ["", "lr", 0.1]),
    run(["net", "depth", 3], ["", "lr", 0.2]),
    run(["net", "depth", 3], ["", "seed", 7]),
  ];
  assert.deepEqual(findChangedParameters(runs), [
    { group: "", key: "lr", changed: [false, true, true] },
    { group: "", key: "seed", changed: [false, false, true] },
  ]);
  assert.deepEqual(findChangedParameters([]), []);
});

it("the same key in two groups is two parameters; 3 and '3' are the same text", () => {
  const runs = [run(["a", "n", 3], ["b", "n", 1]), run(["a", "n", "3"], ["b", "n", 2])];
  assert.deepEqual(findChangedParameters(runs), [{ group: "b", key: "n", changed: [false, true] }]);
});
