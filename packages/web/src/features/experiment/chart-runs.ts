import type { Run } from "@cairn/core";
import type { ChartRun } from "../../parts/charts/group-metrics.ts";
import { styleOfRun } from "../../parts/runs/run-style.ts";
import type { ShownRuns } from "./view.ts";

/** The runs whose eye is open: of the first ones, whose metrics are known, and of those chosen elsewhere. */
export function chartRuns(first: readonly Run[], more: readonly Run[], shown: ShownRuns): readonly ChartRun[] {
  const chosen = new Map<string, ChartRun>();
  const choose = ({ id, name, startedAt }: Run, metrics?: Run["metrics"]) =>
    chosen.set(id, { id, name, style: styleOfRun(id), startedAt, metrics });
  // What is kept of the former list while the next is on its way may be longer, also where none is asked for.
  for (const run of first.slice(0, shown.first)) if (!shown.hidden.includes(run.id)) choose(run, run.metrics);
  for (const run of more) if (!chosen.has(run.id)) choose(run);
  return [...chosen.values()];
}
