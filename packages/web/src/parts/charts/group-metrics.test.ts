import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseSeriesKey } from "@cairn/core";
import { runStyle } from "../runs/run-style.ts";
import { type ChartRun, createMetricFilter, filterSections, groupMetrics } from "./group-metrics.ts";

const run = (id: string, ...keys: string[]): ChartRun => ({
  id,
  name: id,
  style: runStyle(0),
  metrics: keys.map((key) => ({ key, ...parseSeriesKey(key) })),
});
const group = (...runs: ChartRun[]) => groupMetrics(runs, ({ metrics }) => metrics ?? []);

describe("charts of metrics", () => {
  it("put training and validation of a metric into one", () => {
    const [section] = group(run("a", "val/loss", "train/loss", "lr"), run("b", "train/loss"));
    assert.deepEqual(
      section?.charts.map(({ name, series }) => [name, series.map((each) => `${each.run.id} ${each.key}`)]),
      [
        ["loss", ["a train/loss", "b train/loss", "a val/loss"]],
        ["lr", ["a lr"]],
      ],
    );
  });

  it("stand in sections by prefix: without one first, the machine's figures last", () => {
    const sections = group(run("a", "system/cpu", "loss", "opt/lr", "train/aux/loss", "/odd"));
    assert.deepEqual(
      sections.map(({ prefix, charts }) => [prefix, charts.map(({ name }) => name)]),
      [
        ["", ["/odd", "loss"]],
        ["aux", ["aux/loss"]],
        ["opt", ["opt/lr"]],
        ["system", ["system/cpu"]],
      ],
    );
  });

  it("come with numbers by value", () => {
    const [section] = group(run("a", "layer10", "layer2", "layer1"));
    assert.deepEqual(
      section?.charts.map(({ name }) => name),
      ["layer1", "layer2", "layer10"],
    );
  });
});

describe("the filter of metrics", () => {
  it("finds every word, in any case", () => {
    assert.ok(createMetricFilter("LOSS val")("val_loss"));
    assert.ok(!createMetricFilter("loss val")("loss"));
    assert.ok(createMetricFilter("  ")("anything"));
  });

  it("takes an expression between slashes, and a broken one as words", () => {
    assert.ok(createMetricFilter("/^grad.*norm$/")("grad/l2_norm"));
    assert.ok(!createMetricFilter("/^norm/")("grad_norm"));
    assert.ok(!createMetricFilter("/(/")("loss"));
  });

  it("leaves out sections without a chart", () => {
    const sections = group(run("a", "loss", "system/cpu"));
    assert.deepEqual(
      filterSections(sections, "cpu").map(({ prefix }) => prefix),
      ["system"],
    );
  });
});
