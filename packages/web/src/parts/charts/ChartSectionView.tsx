import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { FIRST_CHARTS } from "./ask-ahead.ts";
import { ChartCell } from "./ChartCell.tsx";
import type { ChartSettings } from "./chart-settings.ts";
import styles from "./grid.module.css";
import type { ChartSection } from "./group-metrics.ts";
import type { HoverStore } from "./hover.ts";
import { chartTexts } from "./texts.ts";

/** Even empty places cost: so many charts of a section exist before more are asked for. */
const FIRST = 120;

export interface ChartSectionViewProps {
  readonly section: ChartSection;
  /** It stands above the others: its first charts are made with their places, not when it is known that they are in sight. */
  readonly isFirst: boolean;
  readonly settings: ChartSettings;
  readonly onSettings: (settings: ChartSettings) => void;
  readonly hover: HoverStore;
  readonly onEnlarge: (name: string, view: "chart" | "values") => void;
}

/** The charts of one prefix, which can be folded away. */
export function ChartSectionView({ section, isFirst, settings, onSettings, hover, onEnlarge }: ChartSectionViewProps) {
  const { prefix, charts } = section;
  const t = useTexts(chartTexts);
  const [isOpen, setOpen] = useState(true);
  const [most, setMost] = useState(FIRST);
  const columns = settings.columns;
  return (
    <section className={styles.section}>
      <h2>
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <ChevronDown size={15} aria-hidden />
          {prefix === "" ? t.others : prefix}
          <span className={styles.count}>{charts.length}</span>
        </button>
      </h2>
      {isOpen && (
        <div
          className={styles.grid}
          style={columns === undefined ? undefined : { gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {charts.slice(0, most).map((chart, i) => (
            <ChartCell
              key={chart.name}
              isFirst={isFirst && i < FIRST_CHARTS}
              {...{ chart, settings, onSettings, hover, onEnlarge }}
            />
          ))}
        </div>
      )}
      {isOpen && charts.length > most && (
        <Button look="quiet" onClick={() => setMost(most + FIRST)}>
          {t.more(charts.length - most)}
        </Button>
      )}
    </section>
  );
}
