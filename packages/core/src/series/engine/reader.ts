import type { ReadTx } from "../../store/tx.ts";
import type { Compressor, SeriesReader } from "../port.ts";
import { emptyBuckets, readBuckets } from "./buckets.ts";
import type { OnDamage } from "./damage.ts";
import { emptyHistory, readHistory } from "./history.ts";
import { infoOf, listSeries } from "./info.ts";
import type { ReaderCache } from "./reader-cache.ts";
import { findSeriesPlace, findSeriesRow, openRun, type Snapshot } from "./snapshot.ts";

export interface SeriesReaderOptions {
  /** One snapshot; it must stay as it is while the reader is used. */
  readonly tx: ReadTx;
  readonly compressor: Compressor;
  /** Shared by readers that are used one after another. */
  readonly cache?: ReaderCache;
  /**
   * Told of each damaged record that is met; the rest is answered as if it held nothing. Without it, damage is an error of the
   * code internal that names the record; what does not need the record is answered all the same.
   */
  readonly onDamage?: OnDamage;
}

/** The metric engine's reading half over one snapshot. It sees every committed write, because it reads the journal too. */
export function createSeriesReader({ tx, compressor, cache, onDamage }: SeriesReaderOptions): SeriesReader {
  const snapshot: Snapshot = {
    tx,
    compressor,
    cache: cache ?? null,
    runs: new Map(),
    names: new Map(),
    onDamage: onDamage ?? null,
  };
  const open = <R>(run: number, row: R | undefined) => {
    const state = row === undefined ? undefined : openRun(snapshot, run);
    return row === undefined || state === undefined ? undefined : { row, state };
  };
  return {
    list: (run) => listSeries(snapshot, run),
    version(run) {
      const head = openRun(snapshot, run)?.head;
      return head === undefined ? "" : `${head.seq} ${head.sealed} ${head.layout}`;
    },
    find(run, key) {
      const found = open(run, findSeriesRow(snapshot, run, key));
      if (found === undefined) return undefined;
      const info = infoOf(snapshot, found.state, found.row, key);
      return info.count > 0 ? info : undefined;
    },
    history(run, key, options) {
      const found = open(run, findSeriesPlace(snapshot, run, key));
      return found === undefined ? emptyHistory() : readHistory(snapshot, found.state, found.row, options);
    },
    buckets: (series, options) =>
      series.map(({ run, key, from }) => {
        const found = open(run, findSeriesPlace(snapshot, run, key));
        if (found === undefined) return emptyBuckets();
        return readBuckets(snapshot, found.state, found.row, from === undefined ? options : { ...options, from });
      }),
  };
}
