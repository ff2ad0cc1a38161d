import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { directionOf } from "./metric-direction.ts";

describe("the direction of a metric", () => {
  it("is read from its name", () => {
    const down = ["loss", "val/loss", "train_error", "mse", "val/rmse", "wer", "perplexity", "epoch_time", "mae"];
    const up = ["accuracy", "f1", "auc", "precision", "reward", "miou", "map", "glossiness", "timeliness"];
    for (const key of down) assert.equal(directionOf(key), "down", key);
    for (const key of up) assert.equal(directionOf(key), "up", key);
  });

  it("is turned around where the reader said so", () => assert.equal(directionOf("loss", true), "up"));
});
