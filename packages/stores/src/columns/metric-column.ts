import type { MetricStat, ReadTx } from "@cairn/core";
import type { Column } from "./column.ts";
import type { HotMetrics, HotRun } from "./hot-metrics.ts";
import { buildNumberColumn } from "./number-column.ts";
import { sealedMetric } from "./sources.ts";
import type { Spine } from "./spine.ts";

export interface MetricColumn extends Column {
  /** Lays the current values of hot runs over the sealed ones; true if any is new. Call after `refresh`, before each use. */
  overlay(spine: Spine, hot: HotMetrics, runs: readonly HotRun[]): boolean;
}

/** One stat of one series: sealed values by row, and those of hot runs as they were when last laid over. */
export function buildMetricColumn(tx: ReadTx, spine: Spine, key: string, stat: MetricStat): MetricColumn {
  const base = buildNumberColumn(tx, spine, sealedMetric(key, stat));
  /** Slot → the stamp of the hot run whose value lies there. */
  let laid = new Map<number, string>();
  return {
    get bytes() {
      return base.bytes + 64 * laid.size;
    },
    isWorn: false,
    grow: base.grow,
    compile: base.compile,
    isMissing: base.isMissing,
    key: base.key,
    order: base.order,
    grouping: base.grouping,
    refresh(tx, spine, slots) {
      const stale = [...slots];
      for (const slot of stale) laid.delete(slot);
      base.refresh(tx, spine, stale);
    },
    overlay(spine, hot, runs) {
      const now = new Map<number, string>();
      let isNew = false;
      for (const { run, stamp } of runs) {
        const slot = spine.slotOf(run);
        if (slot < 0) continue;
        now.set(slot, stamp);
        if (laid.get(slot) === stamp) continue;
        base.set(slot, hot.read(run, key, stat));
        isNew = true;
      }
      // One that is hot no more was sealed since, and so the change log had it refreshed.
      laid = now;
      return isNew;
    },
  };
}
