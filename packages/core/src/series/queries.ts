import { notFound } from "../errors.ts";
import { clip } from "../ids.ts";
import { getRunRow } from "../runs/guard.ts";
import type { ReadContext } from "../store/context.ts";
import { nameDamage } from "./name-damage.ts";
import type { BucketOptions, HistoryOptions } from "./port.ts";
import { sampleSeries } from "./sample.ts";
import type { ChartSeries, SeriesBuckets, SeriesHistory, SeriesInfo } from "./series.ts";

export const seriesQueries = {
  "series.list"({ tx, series }: ReadContext, input: { readonly id: string }): SeriesInfo[] {
    return series.list(getRunRow(tx, input.id).row);
  },

  /** @throws not_found for a key that the run never logged. */
  "series.history"(
    { tx, series }: ReadContext,
    input: HistoryOptions & { readonly id: string; readonly key: string; readonly sample?: number },
  ): SeriesHistory {
    const run = getRunRow(tx, input.id);
    if (series.find(run.row, input.key) === undefined) {
      throw notFound(`Run '${run.id}' has no series '${clip(input.key)}'.`, { run: run.id, key: clip(input.key) });
    }
    const what = `Series '${clip(input.key)}' of run '${run.id}'`;
    const { key, sample: count, steps } = input;
    if (count === undefined) return nameDamage(what, () => series.history(run.row, key, input));
    return nameDamage(what, () => sampleSeries(series, { run: run.row, key, count, ...(steps && { steps }) }));
  },

  "series.buckets"(
    { tx, series }: ReadContext,
    input: BucketOptions & { readonly series: readonly ChartSeries[] },
  ): SeriesBuckets[] {
    const rows = new Map<string, number>();
    const wanted = input.series.map(({ run, ...rest }) => {
      const row = rows.get(run) ?? getRunRow(tx, run).row;
      rows.set(run, row);
      return { ...rest, run: row };
    });
    return nameDamage("A chart of these series", () => series.buckets(wanted, input));
  },
};
