import assert from "node:assert/strict";
import { test } from "node:test";
import { formatColumns } from "./column-list.ts";
import { defaultColumns } from "./default-columns.ts";

const metric = (key: string, phase: string | null = null) => {
  const name = phase === null ? key : key.slice(phase.length + 1);
  return { key, field: `metrics.${key}`, name, phase, runs: 1 };
};
const parameter = (key: string, distinct: number) => ({
  key,
  field: `params.${key}`,
  group: "",
  distinct,
  types: [],
  runs: 1,
});

test("a table that nobody arranged shows losses first, of the validation where there is one, and parameters that differ", () => {
  const columns = defaultColumns({
    metrics: [
      metric("gpu/util"),
      metric("grad_norm"),
      metric("train/loss", "train"),
      metric("val/loss", "val"),
      metric("accuracy"),
      metric("epoch"),
    ],
    parameters: [parameter("lr", 3), parameter("seed", 1)],
    labels: [],
  });
  assert.equal(
    formatColumns(columns),
    "!name,state,metrics.val/loss,metrics.accuracy,metrics.grad_norm,params.lr,created,duration",
  );
});

test("thousands of keys make no more columns than a few do", () => {
  const many = Array.from({ length: 3000 }, (_, index) => index);
  const columns = defaultColumns({
    metrics: many.map((index) => metric(`m${index}`)),
    parameters: many.map((index) => parameter(`p${index}`, 2)),
    labels: [{ label: "x", runs: 1 }],
  });
  assert.ok(columns.length <= 14);
});
