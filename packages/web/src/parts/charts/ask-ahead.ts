import { chartSeries } from "./chart-series.ts";
import type { ChartSettings } from "./chart-settings.ts";
import { type ChartRun, groupMetrics } from "./group-metrics.ts";
import { wholeView } from "./plot.ts";

/** About as many charts as are in sight at first. */
export const FIRST_CHARTS = 6;
/** No more than two questions hold. */
const SERIES = 120;
/** Px, of a chart that stands beside others. */
const USUAL_WIDTH = 400;
/** What no chart has taken by then is let go. */
const KEPT_MS = 5000;

/**
 * Asks for what the first charts of these runs will show, while the screen is still being made: else its charts ask for it
 * when they have found their place. A guess: where charts are wider, or others come first, they ask by themselves.
 */
export function askAhead(runs: readonly ChartRun[], { axis, zoom, enlarged }: ChartSettings): void {
  if (axis === "epoch" || zoom !== undefined || enlarged !== undefined) return;
  const store = chartSeries();
  const view = wholeView(USUAL_WIDTH);
  const stops = groupMetrics(runs, ({ metrics = [] }) => metrics)
    .flatMap(({ charts }) => charts)
    .slice(0, FIRST_CHARTS)
    .flatMap(({ series }) => series)
    .slice(0, SERIES)
    .map(({ run, key }) => store.watch({ run: run.id, key }, view, () => undefined));
  store.flush();
  setTimeout(() => {
    for (const stop of stops) stop();
  }, KEPT_MS);
}
