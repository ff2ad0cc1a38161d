import type { Chart } from "../../figures/chart.ts";
import { createFigure, type Figure } from "../../figures/figure.ts";
import { type KerasContext, mapSome } from "./context.ts";
import { findRun, type History, readRunHistory } from "./history.ts";
import type { KModel } from "./kmodel.ts";

export interface PlotOptions {
  /** False, the default: a chart per model, a line per metric. True: a chart per metric, a line per model. */
  readonly lateralCompare?: boolean | undefined;
  /** Leaves out models that logged nothing; else they stay, with `null` and an empty chart. */
  readonly ignoreNone?: boolean | undefined;
}

/** `{ model: { metric: values } }`, or with `lateralCompare` `{ metric: { model: values } }`; null: nothing was logged. */
export type PlotData = Readonly<Record<string, Readonly<Record<string, readonly number[] | null>> | null>>;

/** @returns the figure, and the data that it shows; the order of keys is the order given */
export async function plotHistoryMany(
  context: KerasContext,
  inModels: readonly (KModel | string)[] = [],
  { lateralCompare = false, ignoreNone = false }: PlotOptions = {},
): Promise<[figure: Figure, data: PlotData]> {
  const found = await mapSome(inModels, async (one) => {
    const run = await findRun(context, one);
    const history = run === undefined ? null : await readRunHistory(context, run);
    return { id: run?.id ?? String(one), name: run?.name, history };
  });
  const shown = found.filter(({ history }) => history !== null || !ignoreNone);
  const histories = new Map(shown.map(({ id, history }) => [id, history]));
  const names = uniqueNames(new Map(shown.map(({ id, name }) => [id, name])));
  if (!lateralCompare) {
    const charts = [...histories].map(([id, history]) => chartOf(names.get(id) ?? id, "value", history ?? {}));
    return [createFigure(charts), Object.fromEntries(histories)];
  }
  const metrics = groupByMetric(histories);
  const charts = [...metrics].map(([metric, models]) =>
    chartOf(metric, metric, Object.fromEntries([...models].map(([id, values]) => [names.get(id) ?? id, values ?? []]))),
  );
  const data = [...metrics].map(([metric, models]) => [metric, Object.fromEntries(models)] as const);
  return [createFigure(charts), Object.fromEntries(data)];
}

/** Models without a history stand under every metric, as null. */
function groupByMetric(histories: ReadonlyMap<string, History | null>) {
  const metrics = new Map<string, Map<string, readonly number[] | null>>();
  for (const history of histories.values()) {
    for (const metric of Object.keys(history ?? {})) if (!metrics.has(metric)) metrics.set(metric, new Map());
  }
  for (const [id, history] of histories) {
    for (const [metric, models] of metrics) {
      if (history === null) models.set(id, null);
      else if (Object.hasOwn(history, metric)) models.set(id, history[metric] ?? []);
    }
  }
  return metrics;
}

function chartOf(title: string, yLabel: string, lines: Chart["lines"]): Chart {
  return { title, xLabel: "epoch", yLabel, lines, emptyText: "no history" };
}

/** How a figure names models: by name and the beginning of the id, as long as it must be to tell them apart. */
function uniqueNames(models: ReadonlyMap<string, string | undefined>): ReadonlyMap<string, string> {
  const ids = [...models.keys()];
  let length = 6;
  while (length < 32 && new Set(ids.map((id) => id.slice(0, length))).size < ids.length) length += 2;
  return new Map(ids.map((id) => [id, [models.get(id) ?? "unknown", id.slice(0, length)].join(" · ")]));
}
