import type { Line } from "./lines.ts";
import type { Pen } from "./pen.ts";
import type { Scene, SceneLine } from "./scene.ts";

const DASHES = { solid: [], dashed: [6, 3], dotted: [2, 2.5], dashdot: [7, 3, 2, 3] } as const;
/** Pixels between the markers of a phase. */
const MARKER_EVERY = 56;
/** Marks of values that are no numbers are thinned to so many pixels. */
const MARK_EVERY = 7;

/** Draws a chart: grid and axes, bands, lines, marks. */
export function drawChart(pen: Pen, scene: Scene): void {
  const { left, top, right, bottom, lines } = scene;
  drawAxes(pen, scene);
  // A point at the edge is seen whole.
  pen.within(left - 4, top - 4, right - left + 8, bottom - top + 8, () => {
    // What is faded lies below, what is highlighted on top.
    for (const drawn of lines) if (drawn.isFaded) drawLine(pen, scene, drawn);
    for (const drawn of lines) if (!drawn.isFaded && !drawn.isStrong) drawLine(pen, scene, drawn);
    for (const drawn of lines) if (drawn.isStrong) drawLine(pen, scene, drawn);
  });
  for (const drawn of lines) if (drawn.line.marks.length > 0) drawMarks(pen, scene, drawn);
}

function drawAxes(pen: Pen, { left, right, bottom, top, x, y, xTicks, yTicks, palette }: Scene): void {
  const sharp = (pixel: number) => Math.round(pixel) + 0.5;
  pen.begin();
  for (const { at } of yTicks) {
    pen.moveTo(left, sharp(y.at(at)));
    pen.lineTo(right, sharp(y.at(at)));
  }
  pen.stroke({ colour: palette.line, width: 1, alpha: 0.75 });
  const text = { colour: palette.faint, size: 11 } as const;
  for (const tick of yTicks) pen.text(tick.text, left - 7, y.at(tick.at), { ...text, align: "right" });
  pen.begin();
  pen.moveTo(left, sharp(bottom));
  pen.lineTo(right, sharp(bottom));
  for (const { at } of xTicks) {
    pen.moveTo(sharp(x.at(at)), bottom);
    pen.lineTo(sharp(x.at(at)), bottom + 4);
  }
  pen.stroke({ colour: palette.faint, width: 1, alpha: top < bottom ? 0.6 : 0 });
  for (const tick of xTicks) {
    const at = x.at(tick.at);
    const half = tick.text.length * 3.2;
    const place = at - half < left - 24 ? "left" : at + half > right + 9 ? "right" : "center";
    const shift = place === "left" ? left - 24 : place === "right" ? right + 9 : at;
    pen.text(tick.text, shift, bottom + 13, { ...text, align: place });
  }
}

function drawLine(pen: Pen, scene: Scene, drawn: SceneLine): void {
  const { line, colour, isFaded, isStrong } = drawn;
  const alpha = isFaded ? 0.16 : 1;
  const many = scene.lines.length > 8 && !isStrong;
  const dash = DASHES[drawn.dash];
  const width = isStrong ? 2.4 : scene.lines.length > 30 ? 1 : 1.5;
  for (const [index, start] of line.starts.entries()) {
    const end = line.starts[index + 1] ?? line.xs.length;
    if (line.isBucketed) {
      traceBand(pen, scene, line, start, end);
      pen.fill({ colour, alpha: alpha * (isStrong ? 0.22 : many ? 0.08 : 0.15) });
    }
    // A part that a later attempt went over again is dimmed.
    let from = start;
    while (from < end) {
      const isOver = line.superseded[from] === 1;
      let to = from + 1;
      while (to < end && (line.superseded[to] === 1) === isOver) to++;
      const next = Math.min(end, isOver ? to : to + 1);
      const dim = isOver ? 0.35 : 1;
      if (line.smooth !== null) {
        trace(pen, scene, line.xs, line.means, from, next);
        pen.stroke({ colour, width: 1, alpha: alpha * 0.3 * dim });
      }
      trace(pen, scene, line.xs, line.smooth ?? line.means, from, next);
      pen.stroke({ colour, width, alpha: alpha * dim, dash });
      from = to;
    }
  }
  if (drawn.marker > 0 || line.xs.length === 1 || hasLonely(line)) drawPoints(pen, scene, drawn, alpha);
}

/** A row with a value between two without, which no line shows. */
function hasLonely({ means }: Line): boolean {
  return means.length < 200 && means.some((_, i) => isLonely(means, i));
}

function isLonely(means: Float64Array, i: number): boolean {
  const isGap = (at: number) => !(Math.abs(means[at] ?? Number.NaN) < Number.POSITIVE_INFINITY);
  return !isGap(i) && isGap(i - 1) && isGap(i + 1);
}

function trace(pen: Pen, { x, y }: Scene, xs: Float64Array, values: Float64Array, from: number, to: number): void {
  pen.begin();
  let isDown = false;
  for (let i = from; i < to; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value) || (y.isLog && value <= 0)) {
      isDown = false;
      continue;
    }
    const px = x.at(xs[i] as number);
    const py = y.at(value);
    if (isDown) pen.lineTo(px, py);
    else pen.moveTo(px, py);
    isDown = true;
  }
}

function traceBand(pen: Pen, { x, y, bottom }: Scene, line: Line, start: number, end: number): void {
  const { xs, lows, highs } = line;
  pen.begin();
  let from = start;
  while (from < end) {
    while (from < end && !isShown(highs[from] as number, y.isLog)) from++;
    let to = from;
    while (to < end && isShown(highs[to] as number, y.isLog)) to++;
    if (to - from > 1) {
      pen.moveTo(x.at(xs[from] as number), y.at(highs[from] as number));
      for (let i = from + 1; i < to; i++) pen.lineTo(x.at(xs[i] as number), y.at(highs[i] as number));
      for (let i = to - 1; i >= from; i--) {
        const low = lows[i] as number;
        pen.lineTo(x.at(xs[i] as number), isShown(low, y.isLog) ? y.at(low) : bottom);
      }
      pen.close();
    }
    from = to;
  }
}

function isShown(value: number, isLog: boolean): boolean {
  return isLog ? value > 0 : !Number.isNaN(value);
}

/** Markers of the phase along the line, and dots for single points. */
function drawPoints(pen: Pen, { x, y, palette }: Scene, { line, colour, marker }: SceneLine, alpha: number): void {
  const values = line.smooth ?? line.means;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const px = x.at(line.xs[i] as number);
    const isAlone = values.length === 1 || isLonely(line.means, i);
    if (!isShown(value, y.isLog) || (!isAlone && (marker === 0 || px - last < MARKER_EVERY))) continue;
    if (!isAlone) last = px;
    tracePhase(pen, marker, px, y.at(value));
    pen.fill({ colour: marker === 0 ? colour : palette.paper, alpha });
    pen.stroke({ colour, width: 1.5, alpha });
  }
}

/** The marker of a phase, as a path around (x, y). */
export function tracePhase(pen: Pen, marker: number, x: number, y: number): void {
  pen.begin();
  if (marker <= 1) {
    pen.circle(x, y, marker === 0 ? 2 : 3);
    return;
  }
  const corners =
    marker === 2
      ? [
          [-2.7, -2.7],
          [2.7, -2.7],
          [2.7, 2.7],
          [-2.7, 2.7],
        ]
      : [
          [0, -3.6],
          [3.4, 2.6],
          [-3.4, 2.6],
        ];
  for (const [index, [dx = 0, dy = 0]] of corners.entries()) {
    if (index === 0) pen.moveTo(x + dx, y + dy);
    else pen.lineTo(x + dx, y + dy);
  }
  pen.close();
}

/** At the edges of the plot: an arrow up for Infinity, down for −Infinity, a cross at the bottom for NaN. */
function drawMarks(pen: Pen, { x, left, right, top, bottom, palette }: Scene, drawn: SceneLine): void {
  const { line, colour, isFaded } = drawn;
  const last = { nan: Number.NEGATIVE_INFINITY, up: Number.NEGATIVE_INFINITY, down: Number.NEGATIVE_INFINITY };
  for (const { row, kind } of line.marks) {
    const px = x.at(line.xs[row] as number);
    if (px < left - 0.5 || px > right + 0.5 || px - last[kind] < MARK_EVERY) continue;
    last[kind] = px;
    pen.begin();
    if (kind === "nan") {
      const y = bottom - 5;
      pen.moveTo(px - 3, y - 3);
      pen.lineTo(px + 3, y + 3);
      pen.moveTo(px + 3, y - 3);
      pen.lineTo(px - 3, y + 3);
      pen.stroke({ colour: isFaded ? palette.faint : colour, width: 1.6, alpha: isFaded ? 0.4 : 1 });
    } else {
      const y = kind === "up" ? top - 2 : bottom - 4;
      const tip = kind === "up" ? -5 : 4;
      pen.moveTo(px, y + tip);
      pen.lineTo(px + 3.6, y + (kind === "up" ? 1 : -2));
      pen.lineTo(px - 3.6, y + (kind === "up" ? 1 : -2));
      pen.close();
      pen.fill({ colour, alpha: isFaded ? 0.4 : 1 });
    }
  }
}
