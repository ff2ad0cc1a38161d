import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  CHART_AXES,
  type ChartSettings,
  chartSettingsText,
  DEFAULT_CHART_SETTINGS,
  parseChartSettings,
} from "./chart-settings.ts";

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const settings: fc.Arbitrary<ChartSettings> = fc.record(
  {
    axis: fc.constantFrom(...CHART_AXES),
    log: fc.boolean(),
    smoothing: fc.integer({ min: 0, max: 99 }).map((percent) => percent / 100),
    columns: fc.integer({ min: 1, max: 8 }),
    zoom: fc.tuple(number, number).filter(([from, to]) => from < to),
    enlarged: fc.string({ minLength: 1 }),
  },
  { requiredKeys: ["axis", "log", "smoothing"] },
);

describe("chart settings in an address", () => {
  it("come back as they were", () => {
    fc.assert(
      fc.property(settings, (given) => assert.deepEqual(parseChartSettings(chartSettingsText(given)), { ...given })),
    );
  });

  it("are nothing when all is as by default", () => {
    assert.ok(Object.values(chartSettingsText(DEFAULT_CHART_SETTINGS)).every((text) => text === undefined));
  });

  it("are as by default where the address says nonsense", () => {
    const nonsense = { x: "sideways", log: "7", smooth: "-1", cols: "1e9", zoom: "5~5~", chart: "" };
    assert.deepEqual(parseChartSettings(nonsense), DEFAULT_CHART_SETTINGS);
    assert.deepEqual(parseChartSettings({ smooth: "NaN", zoom: "9~3", cols: "1.5" }), DEFAULT_CHART_SETTINGS);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("x", "log", "smooth", "cols", "zoom"), fc.string()), (search) => {
        const { axis, smoothing, zoom } = parseChartSettings(search);
        assert.ok(CHART_AXES.includes(axis) && smoothing >= 0 && smoothing < 1);
        assert.ok(zoom === undefined || zoom[0] < zoom[1]);
      }),
    );
  });
});
