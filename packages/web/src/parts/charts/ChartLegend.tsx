import { useTexts } from "../../lib/texts.ts";
import styles from "./charts.module.css";
import type { ChartSeries } from "./group-metrics.ts";
import { phasesOf } from "./plot.ts";
import { RunMark } from "./RunMark.tsx";
import { chartTexts } from "./texts.ts";

/** With more runs the list of runs is the legend. */
const FEW = 5;
const MANY = 24;
const GREY = { colour: "var(--soft)", light: "", dark: "", dash: "solid" } as const;

export interface ChartLegendProps {
  readonly series: readonly ChartSeries[];
  /** Kinds of values that are no numbers, of those that occur: `nan up down`. */
  readonly marks: string;
  /** There is room for many names. */
  readonly isLarge?: boolean | undefined;
}

/** Says what lines and signs mean: the runs where they are few, the phases where there are several, NaN and Infinity. */
export function ChartLegend({ series, marks, isLarge = false }: ChartLegendProps) {
  const t = useTexts(chartTexts);
  const shown = series.filter(({ run }) => run.isHidden !== true);
  const runs = [...new Map(shown.map(({ run }) => [run.id, run])).values()];
  const phases = phasesOf(series);
  const kinds = marks.split(" ").filter(Boolean);
  const hasRuns = runs.length > 1 && runs.length <= (isLarge ? MANY : FEW);
  return (
    <ul className={styles.legend}>
      {hasRuns &&
        runs.map((run) => (
          <li key={run.id} className={styles.legendRun}>
            <RunMark style={run.style} />
            <span className="ellipsis">{run.name}</span>
          </li>
        ))}
      {phases.length > 1 &&
        phases.map((phase, marker) => (
          <li key={phase ?? ""}>
            <RunMark style={runs.length === 1 ? (runs[0]?.style ?? GREY) : GREY} marker={marker % 4} />
            {phase ?? "–"}
          </li>
        ))}
      {kinds.map((kind) => (
        <li key={kind}>
          <span className={styles.sign} aria-hidden>
            {kind === "nan" ? "×" : kind === "up" ? "▲" : "▼"}
          </span>
          <span>{kind === "nan" ? t.nan : kind === "up" ? t.infinity : t.minusInfinity}</span>
        </li>
      ))}
    </ul>
  );
}
