import { X } from "lucide-react";
import { useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { formatNumber } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import type { ChartAxis } from "./chart-settings.ts";
import styles from "./charts.module.css";
import { phasesOf } from "./plot.ts";
import { RunMark } from "./RunMark.tsx";
import type { Reading } from "./reading.ts";
import { chartTexts } from "./texts.ts";
import { xText } from "./x-text.ts";

/** More lines than this nobody reads at a glance. */
const MOST = 14;
const GAP = 14;

export interface ChartTooltipProps {
  readonly readings: readonly Reading[];
  readonly axis: ChartAxis;
  readonly x: number;
  readonly highlighted: string | null;
  /** In the window, of the crosshair. */
  readonly left: number;
  readonly top: number;
  readonly isPinned: boolean;
  readonly onUnpin: () => void;
}

/** What the series say where the crosshair stands; pinned, it stays and can be pointed at. */
export function ChartTooltip(props: ChartTooltipProps) {
  const { readings, axis, x, highlighted, left, top, isPinned, onUnpin } = props;
  const t = useTexts(chartTexts);
  const element = useRef<HTMLDivElement>(null);
  // Beside the crosshair where there is room, and never out of the window.
  useLayoutEffect(() => {
    const box = element.current;
    if (box === null) return;
    const { width, height } = box.getBoundingClientRect();
    const right = left + GAP;
    const at = right + width > innerWidth - 6 ? Math.max(6, left - GAP - width) : right;
    box.style.left = `${at}px`;
    box.style.top = `${Math.max(6, Math.min(innerHeight - height - 6, top - height / 3))}px`;
  });
  const chosen = readings.find(({ plotLine }) => plotLine.series.run.id === highlighted);
  const head = readings.slice(0, MOST);
  const shown = chosen === undefined || head.includes(chosen) ? head : [...head.slice(0, -1), chosen];
  const phases = phasesOf(readings.map(({ plotLine }) => plotLine.series));
  const hasPhases = phases.length > 1;
  return createPortal(
    <div ref={element} className={styles.tooltip} data-pinned={isPinned || undefined}>
      <div className={styles.tooltipHead}>
        <span>{xText(t, axis, x)}</span>
        {isPinned && (
          <button type="button" onClick={onUnpin} aria-label={t.unpin}>
            <X size={13} aria-hidden />
          </button>
        )}
      </div>
      <table>
        <tbody>
          {shown.map(({ plotLine: { series }, value, low, high, count, smooth, row }) => (
            <tr key={`${series.run.id} ${series.key} ${row}`} data-strong={series.run.id === highlighted || undefined}>
              <th scope="row">
                <RunMark style={series.run.style} marker={Math.max(0, phases.indexOf(series.phase))} />
                <span className={styles.tooltipName}>{series.run.name}</span>
                {hasPhases && <span className={styles.phase}>{series.phase}</span>}
              </th>
              <td>{formatNumber(smooth ?? value)}</td>
              <td className={styles.tooltipMore}>
                {smooth !== null && formatNumber(value)}
                {smooth === null && count > 1 && low !== high && t.range(formatNumber(low, 3), formatNumber(high, 3))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {readings.length > shown.length && (
        <div className={styles.tooltipMore}>{t.moreSeries(readings.length - shown.length)}</div>
      )}
    </div>,
    document.body,
  );
}
