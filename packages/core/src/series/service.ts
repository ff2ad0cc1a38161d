import { invalid, TrackerError } from "../errors.ts";
import { parseRunId } from "../ids.ts";
import { checkItems, checkWhole } from "../limits.ts";
import type { BucketInput, Services } from "../services.ts";
import type { RecordStore, Stamp } from "../store/port.ts";
import type { BucketOptions } from "./port.ts";

const MAX_HISTORY = 100_000;
const MAX_BUCKETS = 10_000;
/** Series in one chart call. */
const MAX_CHART_SERIES = 2000;
/** Rows of all its series: some 100 bytes each, and what they are made of is in memory at once. */
const MAX_CHART_ROWS = 1_000_000;

export function seriesService(records: RecordStore, stamp: () => Stamp): Services["series"] {
  return {
    list: async (run) => records.read("series.list", { id: parseRunId(run) }),
    history: async (run, key, options = {}) =>
      records.read("series.history", {
        id: parseRunId(run),
        key,
        after: options.cursor ?? null,
        limit: checkWhole("A limit", options.limit ?? 10_000, 1, MAX_HISTORY),
        ...bounds(options.from, options.to),
        ...(options.sample === undefined ? {} : { sample: checkWhole("sample", options.sample, 1, MAX_BUCKETS) }),
      }),
    buckets: async (series, options = {}) => {
      checkItems("series", series.length, MAX_CHART_SERIES);
      const wanted = series.map(({ run, key, from }) => ({
        run: parseRunId(run),
        key,
        ...(from === undefined ? {} : { from: checkWhole("from", from) }),
      }));
      const how = checkBuckets(options);
      if (wanted.length * how.buckets > MAX_CHART_ROWS) throw tooManyRows(wanted.length, how.buckets);
      return records.read("series.buckets", { series: wanted, ...how });
    },
    clear: async (run, key) => records.write("series.clear", { id: parseRunId(run), key }, stamp()),
  };
}

function tooManyRows(series: number, buckets: number): TrackerError {
  return new TrackerError(
    "too_large",
    `${series} series of ${buckets} buckets are more than the ${MAX_CHART_ROWS} rows that one chart may have. Ask for fewer of either.`,
    { limit: MAX_CHART_ROWS, series, buckets },
  );
}

function bounds(from: number | undefined, to: number | undefined) {
  if (from === undefined && to === undefined) return {};
  return {
    steps: {
      from: checkWhole("from", from ?? -Number.MAX_SAFE_INTEGER),
      to: checkWhole("to", to ?? Number.MAX_SAFE_INTEGER),
    },
  };
}

function checkBuckets(options: BucketInput): BucketOptions {
  const axis = options.axis ?? "step";
  if (axis !== "step" && axis !== "time") throw invalid(`axis is step or time, not '${String(axis)}'.`);
  return {
    axis,
    buckets: checkWhole("buckets", options.buckets ?? 1000, 1, MAX_BUCKETS),
    ...(options.from === undefined ? {} : { from: checkWhole("from", options.from) }),
    ...(options.to === undefined ? {} : { to: checkWhole("to", options.to) }),
  };
}
