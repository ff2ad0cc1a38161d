import type { Dash } from "../runs/run-style.ts";
import type { ChartAxis } from "./chart-settings.ts";
import type { Line } from "./lines.ts";
import { createScale, paddedRange, type Scale } from "./scale.ts";
import { logTexts, numberTexts, timeTexts } from "./tick-texts.ts";
import { clockTicks, durationTicks, logTicks, niceTicks } from "./ticks.ts";

/** The colours of the page, as a canvas understands them. */
export interface Palette {
  readonly ink: string;
  readonly soft: string;
  readonly faint: string;
  readonly line: string;
  readonly paper: string;
  readonly bad: string;
}

export interface SceneLine {
  readonly line: Line;
  readonly colour: string;
  readonly dash: Dash;
  /** 0: no marker; 1: rings, 2: squares, 3: triangles. Tells the phases of one run apart. */
  readonly marker: number;
  /** Another run is highlighted. */
  readonly isFaded: boolean;
  readonly isStrong: boolean;
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** All that is needed to draw a chart, in pixels and data. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly lines: readonly SceneLine[];
  readonly palette: Palette;
}

export interface SceneInput {
  readonly width: number;
  readonly height: number;
  /** Room above the plot, for a title. */
  readonly insetTop?: number | undefined;
  readonly lines: readonly SceneLine[];
  readonly axis: ChartAxis;
  readonly isLog: boolean;
  readonly xRange: readonly [number, number];
  /** Given, it is kept; else it fits what is in the range. */
  readonly yRange?: readonly [number, number] | undefined;
  readonly palette: Palette;
  readonly locale: string;
}

const TEXT_WIDTH = 6.3;
/** Room at the top of the plot for the marks of Infinity. */
const MARK_ROOM = 7;

export function buildScene(input: SceneInput): Scene {
  const { width, height, insetTop = 0, lines, axis, isLog, xRange, palette, locale } = input;
  const [low, high] = input.yRange ?? yRangeOf(lines, xRange, isLog);
  const hasMarks = lines.some(({ line }) => line.marks.length > 0);
  const top = insetTop + 8 + (hasMarks ? MARK_ROOM : 0);
  const bottom = height - 22;
  const yWanted = Math.max(3, Math.min(8, Math.floor((bottom - top) / 34)));
  const yAt = isLog ? logTicks(low, high, yWanted) : niceTicks(low, high, yWanted);
  const yTexts = isLog && high / low >= 10 ? logTexts(yAt) : numberTexts(yAt);
  const left = Math.ceil(Math.max(30, 12 + TEXT_WIDTH * Math.max(0, ...yTexts.map((text) => text.length))));
  const right = width - 10;
  const x = createScale(xRange, [left, right]);
  const y = createScale([low, high], [bottom, top], isLog);
  const xAt = xTicksOf(axis, xRange, Math.max(2, Math.min(12, Math.floor((right - left) / 76))));
  const xTexts = axis === "time" || axis === "wall" ? timeTexts(xAt, axis, locale) : numberTexts(xAt);
  const ticks = (ats: readonly number[], texts: readonly string[]) =>
    ats.map((at, i) => ({ at, text: texts[i] ?? "" }));
  return {
    ...{ width, height, left, top, right, bottom, x, y, lines, palette },
    xTicks: ticks(xAt, xTexts),
    yTicks: ticks(yAt, yTexts),
  };
}

function xTicksOf(axis: ChartAxis, [from, to]: readonly [number, number], wanted: number): readonly number[] {
  if (axis === "time") return durationTicks(from, to, wanted);
  if (axis === "wall") return clockTicks(from, to, wanted, -new Date(to).getTimezoneOffset() * 60_000);
  return niceTicks(from, to, wanted).filter(Number.isInteger);
}

/** The x range of all lines; undefined when they have no point. */
export function xRangeOf(lines: readonly Line[]): readonly [number, number] | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { xs, starts } of lines) {
    for (const [index, start] of starts.entries()) {
      from = Math.min(from, xs[start] as number);
      to = Math.max(to, xs[(starts[index + 1] ?? xs.length) - 1] as number);
    }
  }
  return from <= to ? [from, to] : undefined;
}

/** The value range of what lies in the x range, with room; only positive values count for a logarithmic axis. */
export function yRangeOf(
  lines: readonly { readonly line: Line }[],
  [from, to]: readonly [number, number],
  isLog: boolean,
): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { line } of lines) {
    const { xs, lows, highs, means } = line;
    for (let i = 0; i < xs.length; i++) {
      const x = xs[i] as number;
      if (x < from || x > to) continue;
      const least = lows[i] as number;
      const most = highs[i] as number;
      if (most > high && (!isLog || most > 0)) high = most;
      const floor = isLog && least <= 0 ? (means[i] as number) : least;
      if (floor < low && (!isLog || floor > 0)) low = floor;
    }
  }
  return paddedRange(low, high, isLog);
}
