import { isTrackerError, type SeriesHistory, type Services } from "@cairn/core";

/** The most points that core gives at once. */
const CORE_PAGE = 100_000;

export interface HistoryRange {
  readonly run: string;
  readonly key: string;
  /** Of an earlier page. */
  readonly cursor?: string | undefined;
  /** Inclusive bounds on the step. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/**
 * Hands over up to `most` points in core's order, which is MLflow's: (time, step, value). A series that was never
 * logged has none: MLflow does not tell it from an empty one.
 *
 * @returns the cursor of what is left, null if nothing is.
 */
export async function readHistory(
  services: Services,
  { run, key, cursor, from, to }: HistoryRange,
  most: number,
  take: (history: SeriesHistory) => void,
): Promise<string | null> {
  let left = most;
  let next: string | null = cursor ?? null;
  do {
    const limit = Math.min(left, CORE_PAGE);
    const history = await findHistory(services, run, key, { limit, cursor: next ?? undefined, from, to });
    if (history === undefined) return null;
    take(history);
    left -= history.values.length;
    next = history.next;
  } while (next !== null && left > 0);
  return next;
}

/** Undefined for a metric that was never logged. */
export async function findHistory(
  services: Services,
  run: string,
  key: string,
  options: Parameters<Services["series"]["history"]>[2],
): Promise<SeriesHistory | undefined> {
  try {
    return await services.series.history(run, key, options);
  } catch (error) {
    if (isTrackerError(error) && error.code === "not_found" && error.details["key"] !== undefined) return undefined;
    throw error;
  }
}
