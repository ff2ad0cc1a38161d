import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { directionOf } from "./metric-direction.ts";

const down =
  "loss val/loss valLoss train_error mse val/rmse wer perplexity epoch_time mae reward_loss fpr val/损失 验证损失".split(
    " ",
  );
const up =
  "accuracy val/acc valAcc f1 f1_macro auc precision reward miou map mAP50 top5 hits@10 tokens_per_second val/准确率".split(
    " ",
  );
// A name that only looks like one of them says nothing.
const none = "glossiness timeliness window white lr train/learning_rate epoch grad_norm system/memory alpha 指标".split(
  " ",
);

describe("the direction of a metric", () => {
  it("is read from the words of its name", () => {
    for (const key of down) assert.equal(directionOf(key), "down", key);
    for (const key of up) assert.equal(directionOf(key), "up", key);
  });

  it("is not guessed where the name tells nothing, so that nothing is called best by chance", () => {
    for (const key of none) assert.equal(directionOf(key), undefined, key);
  });
});
