import { useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTexts } from "../../lib/texts.ts";
import { ChartGrid } from "../../parts/charts/ChartGrid.tsx";
import { ChartToolbar } from "../../parts/charts/ChartToolbar.tsx";
import { chartSettingsText, parseChartSettings } from "../../parts/charts/chart-settings.ts";
import { styleOfRun } from "../../parts/runs/run-style.ts";
import { Segments } from "../../ui/Segments.tsx";
import styles from "./CompareCharts.module.css";
import type { CompareRoom } from "./compare-room.ts";
import { compareTexts } from "./texts.ts";

/** The runs' charts over each other: one for each metric, or each run's for itself (the lateral comparison). */
export function CompareCharts({ runs, view, change }: CompareRoom) {
  const t = useTexts(compareTexts);
  const search = useSearch({ from: "__root__" });
  const settings = parseChartSettings(search);
  const filter = search["metrics"] ?? "";
  const chartRuns = useMemo(
    () => runs.map(({ id, name, metrics, startedAt }) => ({ id, name, metrics, startedAt, style: styleOfRun(id) })),
    [runs],
  );
  const grid = {
    settings,
    onSettings: (next: typeof settings) => change({}, chartSettingsText(next)),
    filter,
  };
  return (
    <div className={styles.room}>
      <ChartToolbar
        settings={settings}
        onSettings={grid.onSettings}
        filter={filter}
        onFilter={(text) => change({}, { metrics: text || undefined })}
      >
        <Segments
          label={t.groupBy}
          segments={[
            { key: "metric", label: t.byMetric },
            { key: "run", label: t.byRun },
          ]}
          chosen={view.chartsBy}
          onChoose={(chartsBy) => change({ chartsBy })}
        />
      </ChartToolbar>
      {view.chartsBy === "metric" && <ChartGrid runs={chartRuns} {...grid} />}
      {view.chartsBy === "run" &&
        chartRuns.map((run) => (
          <section key={run.id} className={styles.run} aria-label={run.name}>
            <h2>
              <span className={styles.chip} style={{ background: run.style.colour }} aria-hidden />
              {run.name}
            </h2>
            <ChartGrid runs={[run]} {...grid} />
          </section>
        ))}
    </div>
  );
}
