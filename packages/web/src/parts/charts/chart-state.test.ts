// People who log without steps saw one column and took it for a defect.
import assert from "node:assert/strict";
import { it } from "node:test";
import { runStyle } from "../runs/run-style.ts";
import { DEFAULT_CHART_SETTINGS } from "./chart-settings.ts";
import { chartState } from "./chart-state.ts";
import { buildLine } from "./lines.ts";
import type { PlotPicture } from "./plot.ts";
import type { Rows } from "./rows.ts";
import { buildScene } from "./scene.ts";
import { rowsOf } from "./testing.ts";

const palette = { ink: "", soft: "", faint: "", line: "", paper: "", bad: "" };

function isOneStep(axis: "step" | "time", ...series: readonly Rows[]): boolean {
  const lines = series.map((rows) => ({
    series: { run: { id: "a", name: "a", style: runStyle(0) }, key: "loss", phase: null },
    rows,
    line: buildLine({ rows, axis, start: 0, smoothing: 0, range: 0 }),
  }));
  const scene = buildScene({
    ...{ width: 500, height: 200, lines: [], axis, isLog: false, xRange: [0, 1], palette, locale: "en" },
  });
  const points = series.reduce((sum, rows) => sum + rows.points, 0);
  const picture: PlotPicture = {
    ...{ scene, lines, axis, locale: "en", shown: points, points, isLoading: false, error: undefined },
  };
  const state = chartState(picture, { ...DEFAULT_CHART_SETTINGS, axis });
  assert.equal(state.kind, "drawn");
  return state.kind === "drawn" && state.isOneStep;
}

const at = (...steps: readonly number[]) => rowsOf(steps.map((step, i) => ({ step, value: i, time: i * 1000 })));

it("a chart says that all was logged at one step, where that hides its course", () => {
  assert.equal(isOneStep("step", at(0, 0, 0)), true);
  assert.equal(isOneStep("step", at(0, 0, 0), at(7)), true);
  assert.equal(isOneStep("step", at(0, 0, 0), at(0, 1)), false, "another run's course is seen");
  assert.equal(isOneStep("time", at(0, 0, 0)), false, "times tell them apart");
  assert.equal(isOneStep("step", at(100), at(0)), false, "single values hide nothing");
});
