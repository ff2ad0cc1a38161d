import { queryClient } from "../../lib/query-client.ts";
import { parseChartSettings } from "../../parts/charts/chart-settings.ts";
import { findQueryProblem } from "../../parts/query/query-problem.ts";
import { chartRuns } from "./chart-runs.ts";
import { ChartsPane, loadCharts } from "./charts-door.ts";
import { firstRunsQuery } from "./first-runs.ts";
import { filterOf, parseView } from "./view.ts";

/** Window from which there is surely room for table and charts side by side. `public/before-paint.js` guesses by the same. */
const WIDE = 1200;

/**
 * Asks for what the charts of an experiment show, before the screen stands: for their runs, and with those for the points of
 * the charts that come first. @returns once their runs are there and their code is, or cannot be had
 */
export async function askFirst(
  experiment: number,
  search: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const view = parseView(search);
  const { q, order, tab, shown, isTrash } = view;
  const hasCharts = tab === undefined ? innerWidth > WIDE : tab !== "table";
  if (!hasCharts || shown.first === 0 || findQueryProblem(q) !== undefined) return;
  const lifecycle = isTrash ? "deleted" : "active";
  const list = { experiments: [experiment], filter: filterOf(view), order, lifecycle } as const;
  try {
    const [runs, { askAhead }] = await Promise.all([
      queryClient.fetchQuery(firstRunsQuery(list, shown.first)),
      loadCharts(),
      ChartsPane.preload?.(),
    ]);
    if ((search["metrics"] ?? "") === "") askAhead(chartRuns(runs, [], shown), parseChartSettings(search));
  } catch {
    // The screen asks again, and shows why.
  }
}
