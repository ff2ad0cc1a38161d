import { memo, useCallback } from "react";
import type { ChartSettings } from "./chart-settings.ts";
import styles from "./grid.module.css";
import type { MetricGroup } from "./group-metrics.ts";
import type { HoverStore } from "./hover.ts";
import { MetricChart } from "./MetricChart.tsx";
import { useVisible } from "./use-visible.ts";

export interface ChartCellProps {
  readonly chart: MetricGroup;
  /** It is one of the first, which are most likely in sight. */
  readonly isFirst: boolean;
  readonly settings: ChartSettings;
  readonly onSettings: (settings: ChartSettings) => void;
  readonly hover: HoverStore;
  readonly onEnlarge: (name: string, view: "chart" | "values") => void;
}

/** A chart's place in the grid. The chart exists while the place is near the window. */
export const ChartCell = memo(function ChartCell({
  chart,
  isFirst,
  settings,
  onSettings,
  hover,
  onEnlarge,
}: ChartCellProps) {
  const [ref, isVisible] = useVisible<HTMLDivElement>(isFirst);
  const { name, series } = chart;
  const enlarge = useCallback((view: "chart" | "values") => onEnlarge(name, view), [name, onEnlarge]);
  return (
    <div ref={ref} className={styles.cell}>
      {isVisible ? (
        <MetricChart title={name} {...{ series, settings, onSettings, hover }} onEnlarge={enlarge} />
      ) : (
        <div className={styles.blank}>{name}</div>
      )}
    </div>
  );
});
