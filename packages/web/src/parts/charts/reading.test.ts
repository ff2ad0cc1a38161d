import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runStyle } from "../runs/run-style.ts";
import { chartCsv } from "./chart-csv.ts";
import { chartValues } from "./chart-values.ts";
import { buildLine, nearestRow } from "./lines.ts";
import type { PlotPicture } from "./plot.ts";
import { nearestReading, readAt, stepAlong } from "./reading.ts";
import { foldRows, type Rows } from "./rows.ts";
import { buildScene, yRangeOf } from "./scene.ts";
import { rowsOf } from "./testing.ts";

const palette = { ink: "", soft: "", faint: "", line: "", paper: "", bad: "" };

function pictureOf(series: Readonly<Record<string, Rows>>, xRange: readonly [number, number] = [0, 100]): PlotPicture {
  const lines = Object.entries(series).map(([name, rows]) => ({
    series: { run: { id: name, name, style: runStyle(0) }, key: "loss", phase: null },
    rows,
    line: buildLine({ rows, axis: "step", start: 0, smoothing: 0, range: 0 }),
  }));
  const drawn = lines.map(({ line }) => ({
    ...({ line, colour: "", dash: "solid", marker: 0, isFaded: false, isStrong: false } as const),
  }));
  const scene = buildScene({
    ...{ width: 500, height: 200, lines: drawn, axis: "step", isLog: false, xRange, palette, locale: "en" },
  });
  return { scene, lines, axis: "step", locale: "en", shown: 0, points: 0, isLoading: false, error: undefined };
}

const flat = (value: number, to = 100) =>
  rowsOf(Array.from({ length: to / 10 + 1 }, (_, i) => ({ step: i * 10, value })));

describe("what charts say at a place", () => {
  const picture = pictureOf({ low: flat(1), high: flat(5), ended: flat(3, 20) });

  it("is told by each series that reaches there, the highest first", () => {
    assert.deepEqual(
      readAt(picture, 52).map(({ plotLine, x }) => [plotLine.series.run.id, x]),
      [
        ["high", 50],
        ["low", 50],
      ],
    );
  });

  it("belongs to the line nearest to the pointer", () => {
    const at = readAt(picture, 50);
    assert.equal(nearestReading(at, picture, picture.scene.y.at(4.5))?.plotLine.series.run.id, "high");
    assert.equal(nearestReading(at, picture, picture.scene.bottom)?.plotLine.series.run.id, "low");
  });

  it("goes on row by row, from either end, and stops at the ends", () => {
    assert.equal(stepAlong(picture, "low", null, 1), 0);
    assert.equal(stepAlong(picture, "low", null, -1), 100);
    assert.equal(stepAlong(picture, "low", null, Number.NEGATIVE_INFINITY), 0);
    assert.equal(stepAlong(picture, "low", null, Number.POSITIVE_INFINITY), 100);
    assert.equal(stepAlong(picture, "low", 50, 1), 60);
    assert.equal(stepAlong(picture, "ended", 20, 5), 20);
    assert.equal(stepAlong(pictureOf({}), null, null, 1), undefined);
  });
});

describe("a line", () => {
  it("has marks where values are no numbers, and a gap where no number is left", () => {
    const rows = rowsOf([
      { step: 0, value: 1 },
      { step: 1, value: Number.NaN },
      { step: 2, value: Number.NEGATIVE_INFINITY },
    ]);
    const line = buildLine({ rows, axis: "step", start: 0, smoothing: 0, range: 0 });
    assert.deepEqual(line.marks, [
      { row: 1, kind: "nan" },
      { row: 2, kind: "down" },
    ]);
    assert.deepEqual([...line.means], [1, Number.NaN, Number.NaN]);
  });

  it("goes forwards on the axis that is asked for, each attempt for itself", () => {
    const rows = rowsOf([
      { step: 1, time: 50, value: 1 },
      { step: 2, time: 20, value: 2 },
      { step: 1, time: 60, value: 3, attempt: 1 },
    ]);
    const line = buildLine({ rows, axis: "time", start: 10, smoothing: 0, range: 0 });
    assert.deepEqual([...line.xs], [10, 40, 50]);
    assert.deepEqual([...line.means], [2, 1, 3]);
    assert.deepEqual(line.starts, [0, 2]);
  });

  it("shows at a place the latest attempt", () => {
    const rows = rowsOf([
      { step: 1, value: 1, superseded: true },
      { step: 1, value: 2, attempt: 1 },
    ]);
    const line = buildLine({ rows, axis: "step", start: 0, smoothing: 0, range: 0 });
    assert.equal(line.means[nearestRow(line, 1)], 2);
  });
});

describe("the value axis", () => {
  it("fits the extremes of all points in range, not the means", () => {
    const rows = foldRows(rowsOf([...Array(64).keys()].map((step) => ({ step, value: step === 30 ? 1000 : 1 }))), 8);
    const line = buildLine({ rows, axis: "step", start: 0, smoothing: 0, range: 0 });
    assert.ok(yRangeOf([{ line }], [0, 64], false)[1] >= 1000);
    assert.ok(yRangeOf([{ line }], [40, 64], false)[1] < 10);
  });

  it("of a logarithmic chart leaves out what is not positive", () => {
    const line = buildLine({
      ...{
        rows: rowsOf([
          { step: 0, value: -5 },
          { step: 1, value: 10 },
        ]),
        axis: "step",
        start: 0,
        smoothing: 0,
        range: 0,
      },
    });
    assert.ok(yRangeOf([{ line }], [0, 1], true)[0] > 0);
  });
});

describe("a chart in numbers", () => {
  it("tells the latest, least and greatest of what is shown, and values at round places", () => {
    const rows = rowsOf([0, 1, 2, 3, 4].map((step) => ({ step: step * 25, value: step })));
    const { series, places } = chartValues(pictureOf({ a: rows }, [0, 80]), 4);
    assert.deepEqual(places, [0, 20, 40, 60, 80]);
    const [a] = series;
    assert.deepEqual([a?.latest, a?.least, a?.most, a?.points], [3, 0, 3, 4]);
    assert.deepEqual(a?.values, [0, 1, 2, 2, 3]);
  });

  it("is saved with one line a row, empty where there is no number", () => {
    const rows = rowsOf([{ step: 7, time: 0, value: Number.NaN }]);
    const [, line] = chartCsv(pictureOf({ "=run": rows })).split("\r\n");
    assert.equal(line, "'=run,'=run,loss,,7,7,1970-01-01T00:00:00.000Z,1970-01-01T00:00:00.000Z,,,,1,1,0,0,0");
  });
});
