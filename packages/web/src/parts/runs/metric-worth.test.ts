import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { byWorth } from "./metric-worth.ts";

describe("metrics by their worth", () => {
  it("begin with what was measured on data not trained on, and end with how it was trained", () => {
    const keys = ["lr", "system/gpu", "alpha", "train/loss", "acc", "val/acc", "val/loss", "test/f1", "val/alpha"];
    assert.deepEqual(keys.toSorted(byWorth), [
      ..."val/loss val/acc test/f1 acc train/loss val/alpha alpha".split(" "),
      ..."lr system/gpu".split(" "),
    ]);
  });
});
