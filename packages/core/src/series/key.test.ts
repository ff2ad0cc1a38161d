import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSeriesKey } from "./key.ts";

test("a phase is taken from the key's beginning or end, where a separator sets it off", () => {
  const parsed = (key: string) => {
    const { name, phase } = parseSeriesKey(key);
    return `${name}|${phase}`;
  };
  assert.equal(parsed("train/loss"), "loss|train");
  assert.equal(parsed("val_loss"), "loss|val");
  assert.equal(parsed("train_acc"), "acc|train");
  assert.equal(parsed("test_f1"), "f1|test");
  assert.equal(parsed("validation-top 5"), "top 5|val");
  assert.equal(parsed("loss/val"), "loss|val");
  assert.equal(parsed("Train/a/b"), "a/b|train");
});

test("a word that only looks like a phase stays in the name", () => {
  for (const key of [
    "loss",
    "trainable",
    "training",
    "val",
    "/train",
    "test_",
    "valley/loss",
    "système/métrique",
    "a\nb",
    "🙂/loss",
  ]) {
    assert.deepEqual(parseSeriesKey(key), { name: key, phase: null });
  }
});
