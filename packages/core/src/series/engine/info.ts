import { decodeSummary, emptySummary, mergeSummaries, type Summary } from "../codec/summary.ts";
import { parseSeriesKey } from "../key.ts";
import type { SeriesRow } from "../rows.ts";
import type { SeriesInfo } from "../series.ts";
import { readRecord } from "./damage.ts";
import { openRun, type RunSnapshot, type Snapshot, textOfName } from "./snapshot.ts";
import { tailSummary } from "./tail-view.ts";

/** The series of a run by key, as of the snapshot. */
export function listSeries(snapshot: Snapshot, run: number): SeriesInfo[] {
  const state = openRun(snapshot, run);
  if (state === undefined) return [];
  return snapshot.tx
    .list("series", { index: "byRun", prefix: [run], from: 0 })
    .map((row) => infoOf(snapshot, state, row, textOfName(snapshot, row.name)))
    .filter((info) => info.count > 0)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Current = stored ⊕ journal. */
export function currentSummary({ onDamage }: Snapshot, state: RunSnapshot, row: SeriesRow): Summary {
  const place = () => `the summary of series ${row.id}`;
  const stored = readRecord(onDamage, row.run, place, () => decodeSummary(row.summary), emptySummary);
  const tail = state.tail();
  return tail === null ? stored : mergeSummaries(stored, tailSummary(tail, row));
}

export function infoOf(snapshot: Snapshot, state: RunSnapshot, row: SeriesRow, key: string): SeriesInfo {
  const { count, latest, min, max, sum, nan, posInf, negInf } = currentSummary(snapshot, state, row);
  const { name, phase } = parseSeriesKey(key);
  return { key, name, phase, count, latest, min, max, sum, nan, positiveInfinity: posInf, negativeInfinity: negInf };
}
