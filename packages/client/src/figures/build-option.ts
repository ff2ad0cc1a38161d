import type { EChartsOption } from "echarts";
import type { Chart } from "./chart.ts";

/** Told apart by people who see colours differently too: the palette of Okabe and Ito (2008), then darker shades of it. */
const COLORS = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
  "#7f3c8d",
  "#4d4d4d",
  "#a05a2c",
  "#117733",
];
/** Names beyond the palette have its colours again, in another kind of line. */
const DASHES = ["solid", "dashed", "dotted"] as const;
const FONT = "'DejaVu Sans', 'Liberation Sans', Arial, Helvetica, sans-serif";
const INK = "#1f2933";
const FAINT = "#6b7785";

const MARGIN = 24;
const CHART_HEIGHT = 280;
const TITLE_HEIGHT = 44;
/** Below a chart: the axis' numbers and its name. */
const AXIS_HEIGHT = 56;
const AXIS_WIDTH = 64;
const GAP = 32;
const LEGEND_LINE = 30;
/** Rough width of a letter of the legend, for how many lines it takes. */
const LETTER = 7.2;
const MAX_NAME = 60;

/** Charts as one ECharts option: each a grid of its own, one legend above all. */
export function buildOption(charts: readonly Chart[], width: number): { option: EChartsOption; height: number } {
  const names = [...new Set(charts.flatMap(({ lines }) => Object.keys(lines)))];
  const columns = charts.length > 1 ? 2 : 1;
  const rows = Math.max(1, Math.ceil(charts.length / columns));
  const legendHeight = names.length === 0 ? 0 : legendLines(names, width - 2 * MARGIN) * LEGEND_LINE + 8;
  const top = MARGIN + legendHeight;
  const cell = (width - 2 * MARGIN - (columns - 1) * GAP) / columns;
  const rowHeight = TITLE_HEIGHT + CHART_HEIGHT + AXIS_HEIGHT;
  const places = charts.map((_, i) => ({
    left: MARGIN + (i % columns) * (cell + GAP),
    top: top + Math.floor(i / columns) * rowHeight,
  }));
  const height = top + rows * rowHeight + MARGIN / 2;

  const text = (chart: Chart, i: number) => ({
    text: chart.title,
    left: (places[i]?.left ?? 0) + AXIS_WIDTH,
    top: places[i]?.top ?? 0,
    padding: [8, 0, 0, 0],
    textStyle: {
      fontFamily: FONT,
      fontSize: 15,
      fontWeight: 600 as const,
      color: INK,
      width: (cell - AXIS_WIDTH) * 0.8,
      overflow: "truncate" as const,
    },
  });
  const nothing = (chart: Chart, i: number) => ({
    text: chart.emptyText ?? "nothing logged",
    left: (places[i]?.left ?? 0) + AXIS_WIDTH + (cell - AXIS_WIDTH) / 2,
    top: (places[i]?.top ?? 0) + TITLE_HEIGHT + CHART_HEIGHT / 2 - 10,
    textAlign: "center" as const,
    textStyle: { fontFamily: FONT, fontSize: 13, fontWeight: "normal" as const, color: FAINT },
  });
  const whole: Chart = { title: "", xLabel: "", yLabel: "", lines: {}, emptyText: "no models to plot" };

  const option: EChartsOption = {
    backgroundColor: "#ffffff",
    color: COLORS,
    textStyle: { fontFamily: FONT, color: INK },
    tooltip: { trigger: "axis", renderMode: "richText" },
    title:
      charts.length === 0
        ? [{ ...nothing(whole, 0), left: "center", top: TITLE_HEIGHT + CHART_HEIGHT / 2 }]
        : charts.flatMap((chart, i) => (isEmpty(chart) ? [text(chart, i), nothing(chart, i)] : [text(chart, i)])),
    legend: {
      data: names,
      left: MARGIN + AXIS_WIDTH,
      right: MARGIN,
      top: MARGIN - 6,
      itemGap: 18,
      formatter: legendText,
      itemWidth: 22,
      itemHeight: 8,
      textStyle: { fontFamily: FONT, fontSize: 12, color: INK },
    },
    grid: places.map(({ left, top: y }) => ({
      left: left + AXIS_WIDTH,
      top: y + TITLE_HEIGHT,
      width: cell - AXIS_WIDTH - 8,
      height: CHART_HEIGHT,
    })),
    xAxis: charts.map((chart, i) => ({
      gridIndex: i,
      type: "value" as const,
      name: chart.xLabel,
      nameLocation: "middle" as const,
      nameGap: 30,
      nameTextStyle: { fontFamily: FONT, fontSize: 12, color: FAINT },
      min: 0,
      max: Math.max(1, longest(chart) - 1),
      minInterval: 1,
      axisLabel: { fontFamily: FONT, fontSize: 11, color: FAINT, hideOverlap: true },
      axisLine: { show: true, onZero: false, lineStyle: { color: FAINT } },
      axisTick: { show: true, lineStyle: { color: FAINT } },
      splitLine: { show: false },
    })),
    yAxis: charts.map((chart, i) => ({
      gridIndex: i,
      type: "value" as const,
      scale: true,
      name: chart.yLabel,
      nameLocation: "middle" as const,
      nameRotate: 90,
      nameGap: 54,
      nameTruncate: { maxWidth: CHART_HEIGHT * 0.8 },
      nameTextStyle: { fontFamily: FONT, fontSize: 12, color: FAINT },
      axisLabel: { fontFamily: FONT, fontSize: 11, color: FAINT, formatter: formatNumber, show: !isEmpty(chart) },
      axisLine: { show: true, lineStyle: { color: FAINT } },
      axisTick: { show: !isEmpty(chart), lineStyle: { color: FAINT } },
      splitLine: { show: true, lineStyle: { color: "#e4e7eb" } },
    })),
    series: charts.flatMap((chart, i) =>
      Object.entries(chart.lines).map(([name, values]) => ({
        type: "line" as const,
        name,
        xAxisIndex: i,
        yAxisIndex: i,
        color: COLORS[names.indexOf(name) % COLORS.length] ?? INK,
        // A long line is seen better without its dots; a single value is nothing but its dot.
        symbol: "circle",
        symbolSize: values.length === 1 ? 8 : 5,
        showSymbol: values.length <= 30,
        lineStyle: {
          width: 2,
          type: DASHES[Math.floor(names.indexOf(name) / COLORS.length) % DASHES.length] ?? "solid",
        },
        connectNulls: false,
        data: values.map((value, epoch) => [epoch, Number.isFinite(value) ? value : null]),
      })),
    ),
  };
  return { option, height };
}

function isEmpty({ lines }: Chart): boolean {
  return longest({ lines }) === 0;
}

function longest({ lines }: Pick<Chart, "lines">): number {
  return Object.values(lines).reduce((most, { length }) => Math.max(most, length), 0);
}

/** With room behind it: without a canvas ECharts takes letters for narrower than fonts draw them. */
function legendText(name: string): string {
  const shown = name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name;
  return shown + " ".repeat(Math.ceil(shown.length / 5));
}

function legendLines(names: readonly string[], width: number): number {
  let lines = 1;
  let used = AXIS_WIDTH;
  for (const name of names) {
    const item = Math.min(name.length, MAX_NAME) * LETTER + 22 + 5 + 18;
    if (used + item > width && used > AXIS_WIDTH) {
      lines++;
      used = AXIS_WIDTH;
    }
    used += item;
  }
  return lines;
}

/** Four digits that mean something, and powers of ten for what is very large or small. */
function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(1).replace("e+", "e");
  return String(Number(value.toPrecision(4)));
}
