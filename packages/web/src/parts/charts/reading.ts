import { nearestRow } from "./lines.ts";
import type { PlotLine, PlotPicture } from "./plot.ts";

/** What one series says at a place of the x axis. */
export interface Reading {
  readonly plotLine: PlotLine;
  readonly row: number;
  readonly x: number;
  /** The mean of the row; NaN where it has no finite value. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
  readonly smooth: number | null;
}

/** A series that ended so many pixels before has nothing to say here. */
const REACH = 14;

/** What the series say at `x`, the greatest value first. */
export function readAt({ lines, scene }: PlotPicture, x: number): readonly Reading[] {
  const readings: Reading[] = [];
  for (const plotLine of lines) {
    const { line } = plotLine;
    const row = nearestRow(line, x);
    if (row === -1) continue;
    const at = line.xs[row] as number;
    const isBetween = row > 0 && row < line.xs.length - 1;
    if (!isBetween && Math.abs(scene.x.at(at) - scene.x.at(x)) > REACH) continue;
    readings.push({
      plotLine,
      row,
      x: at,
      value: line.means[row] as number,
      low: line.lows[row] as number,
      high: line.highs[row] as number,
      count: line.counts[row] as number,
      smooth: line.smooth === null ? null : (line.smooth[row] as number),
    });
  }
  return readings.sort((a, b) => height(b) - height(a));
}

function height({ value, smooth }: Reading): number {
  const shown = smooth ?? value;
  return Number.isNaN(shown) ? Number.NEGATIVE_INFINITY : shown;
}

/** Of readings, the one that is drawn nearest to the pixel `y`. */
export function nearestReading(readings: readonly Reading[], { scene }: PlotPicture, y: number): Reading | undefined {
  let best: Reading | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (const reading of readings) {
    const value = reading.smooth ?? reading.value;
    const away = Number.isNaN(value) ? 1e6 : Math.abs(scene.y.at(value) - y);
    if (away < distance) {
      best = reading;
      distance = away;
    }
  }
  return best;
}

/** The x of the row `by` places before or after the one at `x`, on the series of `run` or else the one with most rows. */
export function stepAlong(picture: PlotPicture, run: string | null, x: number | null, by: number): number | undefined {
  const own = picture.lines.filter(({ series }) => series.run.id === run);
  const [first] = own.length > 0 ? own : [...picture.lines].sort((a, b) => b.line.xs.length - a.line.xs.length);
  if (first === undefined || first.line.xs.length === 0) return undefined;
  const { xs } = first.line;
  const [from, to] = [picture.scene.x.from, picture.scene.x.to];
  const inside = [...xs].filter((each) => each >= from && each <= to).sort((a, b) => a - b);
  if (inside.length === 0) return undefined;
  if (x === null) return by > 0 === Number.isFinite(by) ? inside[0] : inside.at(-1);
  let at = 0;
  for (const [i, each] of inside.entries()) {
    if (Math.abs(each - x) <= Math.abs((inside[at] as number) - x)) at = i;
  }
  return inside[Math.max(0, Math.min(inside.length - 1, at + by))];
}
