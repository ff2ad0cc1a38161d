import type { MetricStat, ReadTx, SeriesReader } from "@cairn/core";

/** A run with points that are not sealed yet: what its series rows say is old. */
export interface HotRun {
  readonly run: number;
  /** Another text whenever the run's points may have changed. */
  readonly stamp: string;
}

/** What hot runs have now, in the snapshot of the moment. */
export interface HotMetrics {
  list(): readonly HotRun[];
  /** null when the run has no such value. */
  read(run: number, key: string, stat: MetricStat): number | null;
}

/** Finds hot runs, a step of the tree each, and asks the series reader for their values. */
export function createHotMetrics(tx: ReadTx, series: Pick<SeriesReader, "find">): HotMetrics {
  return {
    list() {
      const hot: HotRun[] = [];
      for (const { run } of tx.list("unsealed", { prefix: [] })) {
        const [head] = tx.pick("heads", ["seq", "sealed", "layout"], { prefix: [run], limit: 1 });
        if (head !== undefined) hot.push({ run, stamp: `${head.seq} ${head.sealed} ${head.layout}` });
      }
      return hot;
    },
    read: (run, key, stat) => series.find(run, key)?.[stat]?.value ?? null,
  };
}
