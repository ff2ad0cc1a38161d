import { csvRow } from "../../lib/csv.ts";
import type { PlotPicture } from "./plot.ts";
import { rowCount } from "./rows.ts";

const HEADER = [
  ...["run_id", "run", "metric", "phase", "step_from", "step_to", "time_from", "time_to", "mean", "min", "max"],
  ...["points", "nan", "inf", "minus_inf", "superseded"],
];

/**
 * What a chart shows, as CSV: a line for each row of each series, which stands for `points` points. A cell without a finite
 * value is empty; times are ISO 8601 in UTC.
 */
export function chartCsv({ lines }: Pick<PlotPicture, "lines">): string {
  const out = [csvRow(HEADER)];
  for (const { series, rows } of lines) {
    for (let i = 0; i < rowCount(rows); i++) {
      const others = (rows.nans[i] ?? 0) + (rows.positiveInfinities[i] ?? 0) + (rows.negativeInfinities[i] ?? 0);
      const finite = (rows.counts[i] as number) - others;
      const cells = [
        ...[series.run.id, series.run.name, series.key, series.phase],
        ...[rows.minSteps[i], rows.maxSteps[i], isoTime(rows.minTimes[i]), isoTime(rows.maxTimes[i])],
        ...(finite === 0 ? [null, null, null] : [(rows.sums[i] as number) / finite, rows.mins[i], rows.maxs[i]]),
        ...[rows.counts[i], rows.nans[i], rows.positiveInfinities[i], rows.negativeInfinities[i], rows.superseded[i]],
      ];
      out.push(csvRow(cells));
    }
  }
  return out.join("");
}

/** Times beyond what a date can be stay numbers. */
function isoTime(ms: number | undefined): string | number {
  const time = ms ?? 0;
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : time;
}
