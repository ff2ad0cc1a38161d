import type { SeriesInfo } from "@cairn/core";

/** What people look at first, best first. */
const WANTED = [/^(?:val|valid|validation|eval)[/_.-]?loss$/i, /loss$/i, /(?:acc|accuracy|auc|f1|score)$/i, /./];

/** The metric that says most about a training under way; undefined when it has none. */
export function mainMetric(metrics: readonly SeriesInfo[]): SeriesInfo | undefined {
  for (const pattern of WANTED) {
    const found = metrics.find(({ key, count }) => count > 1 && pattern.test(key));
    if (found !== undefined) return found;
  }
  return metrics[0];
}
