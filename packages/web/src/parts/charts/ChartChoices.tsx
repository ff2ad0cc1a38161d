import { ZoomOut } from "lucide-react";
import { useId } from "react";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { CHART_AXES, type ChartAxis, type ChartSettings, MAX_SMOOTHING } from "./chart-settings.ts";
import styles from "./grid.module.css";
import { chartTexts } from "./texts.ts";
import { axisText } from "./x-text.ts";

export interface ChartChoicesProps {
  readonly settings: ChartSettings;
  readonly onSettings: (settings: ChartSettings) => void;
}

/** X axis, smoothing, logarithm, and the way back from a zoom. */
export function ChartChoices({ settings, onSettings }: ChartChoicesProps) {
  const t = useTexts(chartTexts);
  const id = useId();
  const { axis, log, smoothing, zoom } = settings;
  return (
    <>
      <label className={styles.choice}>
        {t.axis}
        <select
          value={axis}
          onChange={({ target }) => onSettings({ ...settings, axis: target.value as ChartAxis, zoom: undefined })}
        >
          {CHART_AXES.map((each) => (
            <option key={each} value={each}>
              {axisText(t, each)}
            </option>
          ))}
        </select>
      </label>
      <div className={styles.choice}>
        <label htmlFor={`${id}-smoothing`}>{t.smoothing}</label>
        <input
          id={`${id}-smoothing`}
          type="range"
          min={0}
          max={MAX_SMOOTHING}
          step={0.01}
          value={smoothing}
          onChange={({ target }) => onSettings({ ...settings, smoothing: Number(target.value) })}
        />
        <output htmlFor={`${id}-smoothing`}>{smoothing.toFixed(2)}</output>
      </div>
      <label className={styles.choice}>
        <input type="checkbox" checked={log} onChange={() => onSettings({ ...settings, log: !log })} />
        {t.log}
      </label>
      {zoom !== undefined && (
        <Button size="small" onClick={() => onSettings({ ...settings, zoom: undefined })}>
          <ZoomOut size={14} aria-hidden />
          {t.resetZoom}
        </Button>
      )}
    </>
  );
}
