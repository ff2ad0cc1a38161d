import type { Run } from "@cairn/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { memo, useCallback, useMemo } from "react";
import { literalText } from "../../lib/filter-text.ts";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { ChartGrid } from "../../parts/charts/ChartGrid.tsx";
import { ChartToolbar } from "../../parts/charts/ChartToolbar.tsx";
import { type ChartSettings, chartSettingsText, parseChartSettings } from "../../parts/charts/chart-settings.ts";
import type { RunList } from "../../parts/runs/use-run-windows.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { chartRuns } from "./chart-runs.ts";
import { firstRunsQuery } from "./first-runs.ts";
import { type PointedRun, usePointedRun } from "./pointed-run.ts";
import styles from "./RunsScreen.module.css";
import { experimentTexts } from "./texts.ts";
import type { ShownRuns } from "./view.ts";

export { askAhead } from "../../parts/charts/ask-ahead.ts";

export interface ChartsPaneProps {
  readonly list: RunList;
  readonly shown: ShownRuns;
  /** False while the list cannot be asked for: its query is wrong. */
  readonly isReady: boolean;
  /** The table has no run at all. */
  readonly isEmpty: boolean;
  /** The run that the table points at. */
  readonly pointed: PointedRun;
  readonly onPoint: (id: string | undefined) => void;
}

const route = getRouteApi("/experiments/$experiment");
const NONE: readonly Run[] = [];

/** The charts of the runs whose eye is open. */
export default memo(function ChartsPane({ list, shown, isReady, isEmpty, pointed, onPoint }: ChartsPaneProps) {
  const t = useTexts(experimentTexts);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const highlighted = usePointedRun(pointed);
  const onHighlight = useCallback((id: string | null) => onPoint(id ?? undefined), [onPoint]);
  const settings = useMemo(() => parseChartSettings(search), [search]);
  const filter = search["metrics"] ?? "";
  const change = (part: Readonly<Record<string, string | undefined>>) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace: true, resetScroll: false });
  const setSettings = (next: ChartSettings) => change(chartSettingsText(next));
  const {
    data: first = NONE,
    isPending,
    error,
    refetch,
  } = useQuery({
    ...firstRunsQuery(list, shown.first),
    enabled: isReady && shown.first > 0,
    placeholderData: keepPreviousData,
  });
  const more = useRunsById(shown.more);
  const runs = useMemo(() => chartRuns(first, more, shown), [first, more, shown]);
  return (
    <section className={styles.charts} aria-label={t.charts}>
      <ChartToolbar
        settings={settings}
        onSettings={setSettings}
        filter={filter}
        onFilter={(metrics) => change({ metrics: metrics || undefined })}
      />
      <div className={styles.grid}>
        {runs.length > 0 ? (
          <ChartGrid
            runs={runs}
            settings={settings}
            onSettings={setSettings}
            highlighted={highlighted ?? null}
            onHighlight={onHighlight}
            filter={filter}
          />
        ) : error !== null ? (
          <Problem
            title={t.loadFailed}
            detail={problemText(error)}
            retryLabel={t.retry}
            onRetry={() => void refetch()}
          />
        ) : isPending && isReady && shown.first > 0 ? (
          <Skeleton height="252px" />
        ) : (
          <EmptyState title={t.nothingShown}>{isEmpty ? t.nothingYetText : t.nothingShownText}</EmptyState>
        )}
      </div>
    </section>
  );
});

/** Runs whose eye was opened, wherever in the table they are. One that is gone is left out. */
function useRunsById(ids: readonly string[]): readonly Run[] {
  const { data } = useQuery({
    queryKey: ["runs", "search", "eyes", ids],
    queryFn: async () => {
      const { items } = await server.runs.search({
        filter: `id IN (${ids.map(literalText).join(", ")})`,
        fields: [],
        limit: ids.length,
        lifecycle: "all",
      });
      return items;
    },
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
  });
  return useMemo(() => (ids.length === 0 ? [] : (data ?? []).filter(({ id }) => ids.includes(id))), [ids, data]);
}
