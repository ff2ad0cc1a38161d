import type { SeriesInfo } from "@cairn/core";
import { byWorth } from "../../parts/runs/metric-worth.ts";

/** The metric that says most about a training under way, of those that have a curve; undefined when it has none at all. */
export function mainMetric(metrics: readonly SeriesInfo[]): SeriesInfo | undefined {
  const curves = metrics.filter(({ count }) => count > 1);
  return (curves.length > 0 ? curves : metrics).toSorted((one, other) => byWorth(one.key, other.key))[0];
}
