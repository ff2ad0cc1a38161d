import { isTrackerError, type SeriesHistory } from "@cairn/core";
import { checkRunId } from "./checks.ts";
import { encodeDouble } from "./encode.ts";
import { invalidValue, WireError } from "./errors.ts";
import { readHistory } from "./history.ts";
import { sampleInterval } from "./interval.ts";
import { missing } from "./proto/decode.ts";
import * as messages from "./proto/messages.ts";
import { type Handler, type Route, readMessage, route } from "./route.ts";

const MAX_PAGE = 25_000;
const MAX_RUNS = 100;
const MAX_SAMPLES = 2500;

const historyInterval: Handler = async ({ services, request }) => {
  const message = readMessage(request, messages.getHistoryInterval);
  const { run_ids: runs, metric_key: key, start_step: from, end_step: to, max_results: limit = MAX_SAMPLES } = message;
  if (runs.length === 0) throw missing("run_ids");
  if (runs.length > MAX_RUNS) {
    throw hint(
      `GetMetricHistoryBulkInterval request must specify at most ${MAX_RUNS} run_ids. Received ${runs.length} run_ids.`,
    );
  }
  if (limit < 1 || limit > MAX_SAMPLES) throw hint(`max_results must be between 1 and ${MAX_SAMPLES}.`);
  if ((from === undefined) !== (to === undefined)) {
    throw invalidValue("If either start step or end step are specified, both must be specified.");
  }
  if (from !== undefined && to !== undefined && from > to) {
    throw invalidValue(`end_step must be greater than start_step. Found start_step=${from} and end_step=${to}.`);
  }
  const rows = createRows(key);
  const ids = runs.map((id) => checkRunId(id));
  for (const run of ids) {
    await sampleInterval(services, { run, key, from, to, limit }, (time, step, value) =>
      rows.add(run, time, step, value),
    );
  }
  return rows.text();
};

export const metricRoutes: readonly Route[] = [
  route("GET", "/metrics/get-history", messages.getMetricHistory, async ({ services }, message) => {
    const { metric_key: key, max_results: limit, page_token: cursor } = message;
    if (limit !== undefined && limit <= 0) {
      throw invalidValue(`Invalid value ${limit} for parameter 'max_results' supplied. It must be a positive integer.`);
    }
    const run = checkRunId(message.run_id);
    const rows = createRows(key);
    const most = limit === undefined ? Number.POSITIVE_INFINITY : Math.min(limit, MAX_PAGE);
    const next = await readHistory(services, { run, key, cursor: cursor || undefined }, most, (history) =>
      rows.addAll(history),
    );
    return rows.text(next);
  }),

  { method: "GET", path: "/mlflow/metrics/get-history-bulk-interval", handler: historyInterval },

  {
    method: "GET",
    path: "/mlflow/metrics/get-history-bulk",
    isAjaxOnly: true,
    handler: async ({ services, request }) => {
      const { run_id: runs, metric_key: key, max_results = MAX_PAGE } = readMessage(request, messages.getHistoryBulk);
      if (runs.length === 0) throw invalidValue("GetMetricHistoryBulk request must specify at least one run_id.");
      if (runs.length > MAX_RUNS) {
        throw invalidValue(
          `GetMetricHistoryBulk request cannot specify more than ${MAX_RUNS} run_ids. Received ${runs.length} run_ids.`,
        );
      }
      if (key === undefined) throw invalidValue("GetMetricHistoryBulk request must specify a metric_key.");
      const rows = createRows(key);
      let left = Math.min(Math.max(max_results, 0), MAX_PAGE);
      for (const run of [...new Set(runs)].sort()) {
        if (left <= 0) break;
        await ignoreUnknown(async () => {
          await readHistory(services, { run: checkRunId(run), key }, left, (history) => {
            left -= history.values.length;
            rows.addAll(history, run);
          });
        });
      }
      return rows.text(null, true);
    },
  },
];

/** A run that does not exist has no rows here, as with MLflow. */
async function ignoreUnknown(read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    const isUnknown =
      (isTrackerError(error) && error.code === "not_found") ||
      (error instanceof WireError && error.code === "RESOURCE_DOES_NOT_EXIST");
    if (!isUnknown) throw error;
  }
}

function hint(message: string): WireError {
  return invalidValue(`${message} See the API docs for more information about request parameters.`);
}

/** Points → the JSON text of `metrics`, written as they come: 25 000 objects would cost more than all the rest. */
function createRows(key: string): {
  readonly add: (run: string, time: number, step: number, value: number) => void;
  readonly addAll: (history: SeriesHistory, run?: string) => void;
  /** `always`: an empty list is written too, as the routes outside the protos do. */
  readonly text: (next?: string | null, always?: boolean) => string;
} {
  const head = `{"key":${JSON.stringify(key)},"value":`;
  const rows: string[] = [];
  const add = (run: string | undefined, time: number, step: number, value: number) => {
    const encoded = encodeDouble(value);
    const text = typeof encoded === "string" ? `"${encoded}"` : String(encoded);
    rows.push(`${head}${text},"timestamp":${time},"step":${step}${run === undefined ? "" : `,"run_id":"${run}"`}}`);
  };
  return {
    add,
    addAll: ({ times, steps, values }, run) => {
      for (let index = 0; index < values.length; index++) {
        add(run, times[index] as number, steps[index] as number, values[index] as number);
      }
    },
    text: (next = null, always = false) => {
      const metrics = rows.length === 0 && !always ? [] : [`"metrics":[${rows.join(",")}]`];
      return `{${[...metrics, ...(next === null ? [] : [`"next_page_token":${JSON.stringify(next)}`])].join(",")}}`;
    },
  };
}
