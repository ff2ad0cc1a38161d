import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useTexts } from "../../lib/texts.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { ChartChoices } from "./ChartChoices.tsx";
import { ChartValues } from "./ChartValues.tsx";
import type { ChartSettings } from "./chart-settings.ts";
import styles from "./charts.module.css";
import type { MetricGroup } from "./group-metrics.ts";
import { MetricChart } from "./MetricChart.tsx";
import { chartTexts } from "./texts.ts";

export interface ChartDialogProps {
  /** In the order of the grid. */
  readonly charts: readonly MetricGroup[];
  /** The chart that is shown; undefined closes it. */
  readonly name: string | undefined;
  readonly onName: (name: string | undefined) => void;
  readonly settings: ChartSettings;
  readonly onSettings: (settings: ChartSettings) => void;
  /** What it opens with. */
  readonly view: "chart" | "values";
}

/** One chart, as large as the window; the next and the one before are a key away. */
export function ChartDialog({ charts, name, onName, settings, onSettings, view }: ChartDialogProps) {
  const t = useTexts(chartTexts);
  const [chosen, setChosen] = useState(view);
  const index = charts.findIndex((chart) => chart.name === name);
  const chart = charts[index];
  if (chart === undefined) return null;
  const go = (by: number) => onName(charts[(index + by + charts.length) % charts.length]?.name);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // Arrows belong to the chart, the tabs and the fields while these have the focus.
    const isTaken = (event.target as HTMLElement).closest(
      "[role=slider], [role=tablist], [role=region], input, select",
    );
    const by = { "[": -1, "]": 1, ArrowLeft: isTaken ? 0 : -1, ArrowRight: isTaken ? 0 : 1 }[event.key] ?? 0;
    if (by === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(by);
  };
  return (
    <Dialog isOpen onClose={() => onName(undefined)} title={chart.name} closeLabel={t.close} size="full">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of what is in it */}
      <div className={styles.stage} onKeyDown={onKeyDown}>
        <div className={styles.stageBar}>
          <IconButton label={t.previous} keys="[" onClick={() => go(-1)}>
            <ChevronLeft size={16} aria-hidden />
          </IconButton>
          <span className={styles.stagePlace}>{t.place(index + 1, charts.length)}</span>
          <IconButton label={t.next} keys="]" onClick={() => go(1)}>
            <ChevronRight size={16} aria-hidden />
          </IconButton>
          <ChartChoices settings={settings} onSettings={onSettings} />
        </div>
        <Tabs
          label={chart.name}
          tabs={[
            { key: "chart", label: t.chart },
            { key: "values", label: t.valuesTab },
          ]}
          chosen={chosen}
          onChoose={setChosen}
        >
          <div className={styles.stagePlot}>
            {chosen === "chart" ? (
              <MetricChart title={chart.name} series={chart.series} {...{ settings, onSettings }} isLarge />
            ) : (
              <ChartValues title={chart.name} series={chart.series} settings={settings} />
            )}
          </div>
        </Tabs>
      </div>
    </Dialog>
  );
}
