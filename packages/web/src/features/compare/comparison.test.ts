import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Run, SeriesInfo } from "@cairn/core";
import { compareRuns } from "./comparison.ts";

const point = (value: number) => ({ step: 0, time: 0, value, batch: null });
const metric = (key: string, latest: number): SeriesInfo =>
  ({
    key,
    name: key,
    phase: null,
    count: 1,
    latest: point(latest),
    min: point(latest),
    max: point(latest),
  }) as SeriesInfo;
const run = (parameters: Record<string, unknown>, metrics: Record<string, number>, labels: string[] = []): Run =>
  ({
    parameters: Object.entries(parameters).map(([key, value]) => ({ group: "", key, value })),
    metrics: Object.entries(metrics).map(([key, value]) => metric(key, value)),
    tags: {},
    labels,
  }) as unknown as Run;

const compare = (runs: Run[], baseline = 0, said: readonly (readonly [string, "up" | "down"])[] = []) =>
  compareRuns({ runs, baseline, summary: "latest", better: new Map(said) });

describe("runs side by side", () => {
  it("tell a number from a text that looks the same, and take equal numbers for equal", () => {
    const [lr, batch] = compare([run({ lr: 0.1, batch: "32" }, {}), run({ lr: 0.1, batch: 32 }, {})]).toReversed();
    assert.equal(lr?.isDiffering, false);
    // The text "32" and the number 32 read the same: nothing to highlight for a person.
    assert.equal(batch?.isDiffering, false);
  });

  it("mark what differs from the baseline, never the baseline itself", () => {
    const [lr] = compare([run({ lr: 0.1 }, {}), run({ lr: 0.2 }, {}), run({}, {})], 1);
    assert.deepEqual(
      lr?.cells.map(({ isDifferent }) => isDifferent),
      [true, false, true],
    );
    assert.equal(lr?.cells[2]?.isMissing, true);
  });

  it("mark the best of a metric by its direction, and none where all are equal", () => {
    const [acc, loss] = compare([run({}, { acc: 0.9, loss: 0.3 }), run({}, { acc: 0.8, loss: 0.2 })]);
    assert.deepEqual([acc?.cells[0]?.isBest, loss?.cells[1]?.isBest], [true, true]);
    const [same] = compare([run({}, { acc: 0.9 }), run({}, { acc: 0.9 })]);
    assert.deepEqual(
      same?.cells.map(({ isBest }) => isBest),
      [false, false],
    );
  });

  it("call nothing the best of a metric whose name tells nothing, until the reader says what is better", () => {
    const runs = [run({}, { alpha: 1 }), run({}, { alpha: 2 })];
    const bestOf = (said?: "up" | "down") =>
      compare(runs, 0, said === undefined ? [] : [["alpha", said]])[0]?.cells.map(({ isBest }) => isBest);
    assert.deepEqual(
      [bestOf(), bestOf("up"), bestOf("down")],
      [
        [false, false],
        [false, true],
        [true, false],
      ],
    );
  });

  it("never call NaN the best, and give no change of it or of zero", () => {
    const [loss] = compare([run({}, { loss: 0 }), run({}, { loss: Number.NaN }), run({}, { loss: 2 })]);
    assert.deepEqual(
      loss?.cells.map(({ isBest }) => isBest),
      [true, false, false],
    );
    assert.deepEqual(
      loss?.cells.map(({ change }) => change),
      [null, null, null],
    );
  });

  it("give changes against the size of the baseline, below zero too, but not across it", () => {
    const [score] = compare([run({}, { score: -2 }), run({}, { score: -1 }), run({}, { score: 1 })]);
    assert.deepEqual(
      score?.cells.map(({ change }) => change),
      [null, 0.5, null],
    );
  });

  it("give no change of what says nothing in percent: a seed, a learning rate", () => {
    const rows = compare([run({ seed: 1 }, { lr: 0.1 }), run({ seed: 2 }, { lr: 0.2 })]);
    assert.deepEqual(
      rows.map(({ cells }) => cells[1]?.change),
      [null, null],
    );
  });
});
