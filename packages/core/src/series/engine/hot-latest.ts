import type { ReadTx } from "../../store/tx.ts";
import { decodeSummary, mergeSummaries } from "../codec/summary.ts";
import { walkHotRuns } from "./hot-runs.ts";
import type { ReaderCache } from "./reader-cache.ts";
import { openTailView, tailSummary } from "./tail-view.ts";

/** What search columns hold of a series. NaN `latest` = the latest value is NaN; null = no finite value. */
export interface SeriesStats {
  readonly latest: number;
  readonly min: number | null;
  readonly max: number | null;
}

/** A run whose journal holds points, so that its stored summaries lag behind. */
export interface HotRunStats {
  readonly run: number;
  /** The run's series of this name (a number of `names`) as of the snapshot; undefined if it has none. */
  find(name: number): SeriesStats | undefined;
}

/**
 * The runs with unsealed points. A search overlays them on its columns, which hold quiet runs: it costs two look-ups a run,
 * the records that came since the cache last saw the run, and one row for each series asked for.
 */
export function latestOfHotRuns(tx: ReadTx, cache: ReaderCache): HotRunStats[] {
  const found: HotRunStats[] = [];
  for (const head of walkHotRuns(tx)) {
    found.push({
      run: head.run,
      find(name) {
        const row = tx.list("series", { index: "byRun", prefix: [head.run, name], limit: 1 })[0];
        if (row === undefined) return undefined;
        const tail = tailSummary(openTailView(tx, head, cache), row);
        const { latest, min, max } = mergeSummaries(decodeSummary(row.summary), tail);
        return latest === null ? undefined : { latest: latest.value, min: min?.value ?? null, max: max?.value ?? null };
      },
    });
  }
  return found;
}
