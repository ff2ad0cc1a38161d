import type { ChartSeries } from "./group-metrics.ts";
import type { PlotPicture } from "./plot.ts";
import { readAt } from "./reading.ts";
import { niceTicks } from "./ticks.ts";

/** A series in numbers. */
export interface SeriesValues {
  readonly series: ChartSeries;
  /** Of the last row in the range; NaN if it has no finite value. */
  readonly latest: number;
  readonly least: number;
  readonly most: number;
  readonly points: number;
  /** At each place; undefined where the series has nothing to say. */
  readonly values: readonly (number | undefined)[];
}

export interface ChartValues {
  readonly series: readonly SeriesValues[];
  /** Places on the x axis. */
  readonly places: readonly number[];
}

/** What a chart shows in numbers, within its x range, with the values at about `wanted` even places. */
export function chartValues(picture: PlotPicture, wanted = 10): ChartValues {
  const { lines, scene } = picture;
  const places = niceTicks(scene.x.from, scene.x.to, wanted);
  const readings = places.map((x) => new Map(readAt(picture, x).map((reading) => [reading.plotLine, reading.value])));
  return {
    places,
    series: lines.map((plotLine) => {
      const { line } = plotLine;
      let [least, most, latest, points] = [Number.NaN, Number.NaN, Number.NaN, 0];
      for (const [i, x] of line.xs.entries()) {
        if (x < scene.x.from || x > scene.x.to) continue;
        const [low, high] = [line.lows[i] as number, line.highs[i] as number];
        if (!(low >= least)) least = Number.isNaN(low) ? least : low;
        if (!(high <= most)) most = Number.isNaN(high) ? most : high;
        latest = line.means[i] as number;
        points += line.counts[i] as number;
      }
      return { series: plotLine.series, latest, least, most, points, values: readings.map((at) => at.get(plotLine)) };
    }),
  };
}
