import { invalid, type SeriesBuckets, type SeriesHistory } from "@cairn/core";
import { type Column, decodeColumns, encodeColumns } from "./columns.ts";

/** More rows than any answer has: 100 000 points of history, 10 000 buckets. */
const MAX_ROWS = 1_000_000;

/** A page of history: steps, times, values, attempts, superseded, and batches if any; `next` is in the header. */
export function encodeHistoryColumns(history: SeriesHistory): Uint8Array<ArrayBuffer> {
  const { steps, times, values, attempts, superseded, batches, next } = history;
  const columns: Column[] = [steps, times, values, attempts, superseded];
  if (batches !== null) columns.push(batches);
  return encodeColumns({ header: { kind: "history", next }, columns }, true);
}

export function decodeHistoryColumns(bytes: Uint8Array): SeriesHistory {
  const { header, columns } = decodeColumns(bytes, MAX_ROWS);
  expectKind(header, "history");
  const [steps, times, values, attempts, superseded, batches] = columns;
  return {
    ...{ steps, times, values, attempts, superseded },
    batches: batches ?? null,
    next: header["next"] ?? null,
  } as SeriesHistory;
}

/** The order of a chart's columns. Neighbours are often equal (one point a row), and then cost nothing. */
const bucketColumns = [
  "minSteps",
  "maxSteps",
  "minTimes",
  "maxTimes",
  "mins",
  "maxs",
  "sums",
  "counts",
  "nans",
  "positiveInfinities",
  "negativeInfinities",
  "attempts",
  "superseded",
] as const satisfies readonly (keyof SeriesBuckets)[];

/** Charts one after another, thirteen columns each; `series` in the header has `raw` and `points` of each. */
export function encodeBucketsColumns(charts: readonly SeriesBuckets[]): Uint8Array<ArrayBuffer> {
  const header = { kind: "buckets", series: charts.map(({ raw, points }) => ({ raw, points })) };
  return encodeColumns({ header, columns: charts.flatMap((chart) => bucketColumns.map((name) => chart[name])) }, true);
}

export function decodeBucketsColumns(bytes: Uint8Array): SeriesBuckets[] {
  const { header, columns } = decodeColumns(bytes, MAX_ROWS);
  expectKind(header, "buckets");
  const series = header["series"] as { readonly raw: boolean; readonly points: number }[];
  return series.map(({ raw, points }, i) => {
    const own = bucketColumns.map((name, c) => [name, columns[i * bucketColumns.length + c]]);
    return { raw, points, ...Object.fromEntries(own) } as SeriesBuckets;
  });
}

function expectKind(header: Readonly<Record<string, unknown>>, kind: string): void {
  if (header["kind"] !== kind)
    throw invalid(`The columns are of kind ${JSON.stringify(header["kind"])}, where "${kind}" is needed.`);
}
