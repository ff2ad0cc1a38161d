import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Run } from "@cairn/core";
import fc from "fast-check";
import { type Column, columnsOf, defaultAxes, defaultPair, scaleOf } from "./columns.ts";

const run = (parameters: Record<string, unknown>, metrics: Record<string, number> = {}): Run =>
  ({
    parameters: Object.entries(parameters).map(([key, value]) => ({ group: "", key, value })),
    metrics: Object.entries(metrics).map(([key, value]) => ({ key, latest: { value } })),
  }) as unknown as Run;

describe("the columns of some runs", () => {
  it("are of texts as soon as one value is a text, and leave gaps where a run has none", () => {
    const [depth, lr] = columnsOf([run({ lr: 0.1, depth: 2 }), run({ lr: 0.2, depth: "auto" }), run({ lr: 0.3 })]);
    assert.deepEqual([depth?.isText, depth?.values], [true, ["2", "auto", null]]);
    assert.deepEqual([lr?.isText, lr?.values], [false, [0.1, 0.2, 0.3]]);
  });

  it("have a gap where a metric ended in NaN", () => {
    assert.deepEqual(columnsOf([run({}, { loss: Number.NaN }), run({}, { loss: 1 })])[0]?.values, [null, 1]);
  });

  it("become axes only where they tell runs apart", () => {
    const columns = columnsOf([run({ lr: 0.1, seed: 1 }, { loss: 2 }), run({ lr: 0.2, seed: 1 }, { loss: 1 })]);
    assert.deepEqual(
      defaultAxes(columns).map(({ id }) => id),
      ["params.lr", "metrics.loss"],
    );
  });

  it("are chosen for what they say: held-out metrics, the best known last, no learning rate's curve, the seed at the end", () => {
    const columns = columnsOf([
      run(
        { seed: 1, depth: 2, act: "relu", "adam/lr": 0.1, config: "x".repeat(40) },
        { "train/lr": 1, "train/loss": 1, "val/acc": 0.5, "val/loss": 2, alpha: 1 },
      ),
      run(
        { seed: 2, depth: 3, act: "gelu", "adam/lr": 0.2, config: "y".repeat(40) },
        { "train/lr": 2, "train/loss": 2, "val/acc": 0.6, "val/loss": 1, alpha: 2 },
      ),
    ]);
    assert.deepEqual(
      defaultAxes(columns).map(({ label }) => label),
      ["adam/lr", "act", "depth", "seed", "train/loss", "val/acc", "val/loss"],
    );
    assert.deepEqual(
      defaultPair(columns).map((column) => column?.label),
      ["adam/lr", "val/loss"],
    );
  });
});

describe("a scale", () => {
  it("keeps every value within 0 … 1 and in its order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }), (values) => {
        const { place } = scaleOf({ values, isText: false } as unknown as Column);
        const sorted = values.toSorted((one, other) => one - other).map((value) => place(value) ?? Number.NaN);
        assert.ok(sorted.every((at) => at >= 0 && at <= 1 + 1e-9));
        assert.ok(sorted.every((at, index) => index === 0 || at >= (sorted[index - 1] ?? 0) - 1e-9));
      }),
    );
  });

  it("is logarithmic over learning rates of several decades", () => {
    const { place } = scaleOf({ values: [0.0001, 0.001, 1], isText: false } as unknown as Column);
    assert.ok(Math.abs((place(0.001) ?? 0) - 0.25) < 1e-9);
  });
});
