import type { ReactNode } from "react";
import { useTexts } from "../../lib/texts.ts";
import { Field } from "../../ui/Field.tsx";
import { ChartChoices } from "./ChartChoices.tsx";
import type { ChartSettings } from "./chart-settings.ts";
import styles from "./grid.module.css";
import { chartTexts } from "./texts.ts";

export interface ChartToolbarProps {
  readonly settings: ChartSettings;
  readonly onSettings: (settings: ChartSettings) => void;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  /** More at its end. */
  readonly children?: ReactNode;
}

/** How all charts of a screen are looked at. */
export function ChartToolbar({ settings, onSettings, filter, onFilter, children }: ChartToolbarProps) {
  const t = useTexts(chartTexts);
  return (
    <div className={styles.toolbar} role="group" aria-label={t.charts}>
      <div className={styles.filter}>
        <Field
          label={t.filter}
          isLabelHidden
          type="search"
          placeholder={t.filter}
          title={t.filterHelp}
          value={filter}
          onChange={({ target }) => onFilter(target.value)}
        />
      </div>
      <ChartChoices settings={settings} onSettings={onSettings} />
      {children}
    </div>
  );
}
