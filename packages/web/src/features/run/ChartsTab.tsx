import type { Run } from "@cairn/core";
import { useMemo } from "react";
import { useTexts } from "../../lib/texts.ts";
import { useAddress } from "../../lib/use-address.ts";
import { ChartGrid } from "../../parts/charts/ChartGrid.tsx";
import { ChartToolbar } from "../../parts/charts/ChartToolbar.tsx";
import { type ChartSettings, chartSettingsText, parseChartSettings } from "../../parts/charts/chart-settings.ts";
import { styleOfRun } from "../../parts/runs/run-style.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import styles from "./ChartsTab.module.css";
import { runPageTexts } from "./texts.ts";

/** The curves of this run alone. */
export function ChartsTab({ run }: { readonly run: Run }) {
  const t = useTexts(runPageTexts);
  const [search, change] = useAddress();
  const settings = parseChartSettings(search);
  const filter = search["metrics"] ?? "";
  const { id, name, metrics, startedAt } = run;
  const runs = useMemo(() => [{ id, name, metrics, startedAt, style: styleOfRun(id) }], [id, name, metrics, startedAt]);
  if (metrics.length === 0) {
    return (
      <EmptyState title={t.noMetrics}>
        <p>{t.noMetricsText}</p>
      </EmptyState>
    );
  }
  const onSettings = (next: ChartSettings) => change({ ...chartSettingsText(next) });
  return (
    <div className={styles.tab}>
      <ChartToolbar
        settings={settings}
        onSettings={onSettings}
        filter={filter}
        onFilter={(text) => change({ metrics: text || undefined })}
      />
      <ChartGrid runs={runs} settings={settings} onSettings={onSettings} filter={filter} />
    </div>
  );
}
