import { CHUNK } from "../codec/entry.ts";
import { compareKeys, keyAt, type PointKey, type Points } from "../codec/points.ts";
import type { HistoryOptions } from "../port.ts";
import { decodeKey } from "./key-bytes.ts";
import {
  chunkAttempts,
  chunkPoints,
  liveParts,
  type RunSnapshot,
  type SeriesPlace,
  type Snapshot,
  unsealedPoints,
} from "./snapshot.ts";

/** A sorted stretch of a series that is loaded only if the page may need it. */
export interface Source {
  readonly attempt: number;
  /** No point of it lies below. */
  readonly minKey: PointKey;
  load(): Points;
}

/** All places where points above the cursor may lie, as far as a page of `limit` can reach. */
export function listSources(
  snapshot: Snapshot,
  run: RunSnapshot,
  row: SeriesPlace,
  after: PointKey | null,
  steps: HistoryOptions["steps"],
  limit: number,
): Source[] {
  const found: Source[] = [];
  for (const { attempt, points } of unsealedPoints(run, row)) {
    found.push({ attempt, minKey: keyAt(points, 0), load: () => points });
  }
  for (const part of liveParts(snapshot, run, row)) {
    const { minTimes, maxTimes, minSteps, maxSteps } = part.bundle.directory;
    if (after !== null && (maxTimes[part.part] as number) < after.time) continue;
    if (
      steps !== undefined &&
      ((maxSteps[part.part] as number) < steps.from || (minSteps[part.part] as number) > steps.to)
    )
      continue;
    found.push({
      attempt: part.attempt,
      minKey: leastKey(minTimes[part.part] as number, minSteps[part.part] as number),
      load: () => run.readPart(part),
    });
  }
  for (const attempt of chunkAttempts(snapshot, row, run.head)) {
    found.push(...listChunks(snapshot, run, row, attempt, after, steps, limit));
  }
  return found;
}

function leastKey(time: number, step: number): PointKey {
  return { time, step, value: Number.NEGATIVE_INFINITY, batch: null };
}

const columns = ["number", "minStep", "maxStep", "minKey", "maxKey"] as const;

/**
 * The chunks of one attempt. Where they lie in order, the first that matters is found by halving, and no more are listed than
 * hold a page and one point, so that a page of a very long series costs no more than one of a short.
 */
function listChunks(
  snapshot: Snapshot,
  run: RunSnapshot,
  row: SeriesPlace,
  attempt: number,
  after: PointKey | null,
  steps: HistoryOptions["steps"],
  limit: number,
): Source[] {
  const { tx } = snapshot;
  const prefix = [row.id, attempt];
  const from = row.overlaps === 0 && after !== null ? firstAbove(snapshot, row.id, attempt, after) : 0;
  const most = row.overlaps === 0 && steps === undefined ? { limit: Math.ceil(limit / CHUNK) + 2 } : {};
  const found: Source[] = [];
  for (const chunk of tx.pick("chunks", columns, { prefix, from, ...most })) {
    if (after !== null && compareKeys(decodeKey(chunk.maxKey), after) <= 0) continue;
    if (steps !== undefined && (chunk.maxStep < steps.from || chunk.minStep > steps.to)) continue;
    const load = () => chunkPoints(snapshot, run, row.id, attempt, chunk.number);
    found.push({ attempt, minKey: decodeKey(chunk.minKey), load });
  }
  return found;
}

/** The number of the first chunk whose greatest key is above the cursor. */
function firstAbove({ tx }: Snapshot, series: number, attempt: number, after: PointKey): number {
  const prefix = [series, attempt];
  let low = 0;
  let high = (tx.pick("chunks", ["number"], { prefix, reverse: true, limit: 1 })[0]?.number ?? -1) + 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const chunk = tx.pick("chunks", ["maxKey"], { prefix, from: middle, limit: 1 })[0];
    if (chunk !== undefined && compareKeys(decodeKey(chunk.maxKey), after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
