import { useEffect, useMemo, useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { ChartDialog } from "./ChartDialog.tsx";
import { ChartSectionView } from "./ChartSectionView.tsx";
import type { ChartSettings } from "./chart-settings.ts";
import styles from "./grid.module.css";
import { type ChartRun, filterSections, groupMetrics } from "./group-metrics.ts";
import { createHoverStore } from "./hover.ts";
import { chartTexts } from "./texts.ts";
import { useMetrics } from "./use-metrics.ts";
import { useStable } from "./use-stable.ts";

export interface ChartGridProps {
  /** Those that are hidden keep their metrics in the grid. */
  readonly runs: readonly ChartRun[];
  readonly settings: ChartSettings;
  readonly onSettings: (settings: ChartSettings) => void;
  /** A run that is pointed at elsewhere. */
  readonly highlighted?: string | null | undefined;
  readonly onHighlight?: ((run: string | null) => void) | undefined;
  /** Words of metrics' names, or `/regular expression/`. */
  readonly filter?: string | undefined;
}

/**
 * All metrics of some runs: a chart for each, in sections by prefix. Crosshair, highlighted run and zoom are shared. Only
 * charts near the window exist; they follow their runs by themselves.
 */
export function ChartGrid({
  runs,
  settings,
  onSettings,
  highlighted = null,
  onHighlight,
  filter = "",
}: ChartGridProps) {
  const t = useTexts(chartTexts);
  const [hover] = useState(createHoverStore);
  const known = useMetrics(runs);
  const shape = shapeOf(known.runs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` holds all of the runs that matters here
  const sections = useMemo(() => groupMetrics(known.runs, ({ metrics }) => metrics ?? []), [shape]);
  const filtered = useMemo(() => filterSections(sections, filter), [sections, filter]);
  const [view, setView] = useState<"chart" | "values">("chart");
  const gridSettings = useSettled({ ...settings, enlarged: undefined });
  const change = useStable(onSettings);
  const enlarge = useStable((enlarged: string, next: "chart" | "values") => {
    setView(next);
    onSettings({ ...settings, enlarged });
  });

  useEffect(() => hover.set({ run: highlighted }), [hover, highlighted]);
  useEffect(
    () =>
      hover.subscribe(({ run }, before) => {
        if (run !== before.run) onHighlight?.(run);
      }),
    [hover, onHighlight],
  );

  if (runs.length === 0) return <EmptyState title={t.noRuns}>{t.noRunsText}</EmptyState>;
  if (sections.length === 0) {
    if (known.error !== undefined) {
      return (
        <Problem title={t.failedAll} detail={problemText(known.error)} retryLabel={t.retry} onRetry={known.retry} />
      );
    }
    if (known.isPending) {
      return (
        <div className={styles.grid} aria-busy="true" role="status" aria-label={t.loading}>
          {Array.from({ length: 6 }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
            <div key={i} className={styles.cell}>
              <Skeleton height="100%" />
            </div>
          ))}
        </div>
      );
    }
    return <EmptyState title={t.noMetrics}>{t.noMetricsText}</EmptyState>;
  }
  if (filtered.length === 0) return <EmptyState title={t.noMatch}>{t.filterHelp}</EmptyState>;
  return (
    <div className={styles.sections}>
      {filtered.map((section, i) => (
        <ChartSectionView
          key={section.prefix}
          isFirst={i === 0}
          {...{ section, hover }}
          settings={gridSettings}
          onSettings={change}
          onEnlarge={enlarge}
        />
      ))}
      {settings.enlarged !== undefined && (
        <ChartDialog
          charts={filtered.flatMap(({ charts }) => charts)}
          name={settings.enlarged}
          onName={(enlarged) => onSettings({ ...settings, enlarged })}
          {...{ settings, onSettings, view }}
        />
      )}
    </div>
  );
}

/** The same object as long as it says the same, however often the address is read. */
function useSettled(settings: ChartSettings): ChartSettings {
  const text = JSON.stringify(settings);
  return useMemo(() => JSON.parse(text) as ChartSettings, [text]);
}

/** All of the runs that charts are made of: a new number of one of its metrics changes nothing here. */
function shapeOf(runs: readonly ChartRun[]): string {
  return JSON.stringify(
    runs.map(({ id, name, style, isHidden, startedAt, metrics }) => [
      ...[id, name, style.colour, style.dash, isHidden === true, startedAt ?? null],
      (metrics ?? []).map(({ key }) => key),
    ]),
  );
}
