import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { chartSeries } from "./chart-series.ts";
import type { ChartState } from "./chart-state.ts";
import styles from "./charts.module.css";
import { chartTexts } from "./texts.ts";

export interface ChartFootProps {
  readonly state: ChartState;
  /** Draws all charts over the time instead. */
  readonly onTime: () => void;
}

/** Below a chart: how much of the record it shows, why it looks odd, or what went wrong. */
export function ChartFoot({ state, onTime }: ChartFootProps) {
  const t = useTexts(chartTexts);
  const error = state.kind === "failed" || state.kind === "drawn" ? state.error : undefined;
  if (error !== undefined) {
    return (
      <p className={styles.failed} role="alert">
        <span className="ellipsis" title={problemText(error)}>
          {t.failed}: {problemText(error)}
        </span>
        <Button size="small" look="quiet" onClick={() => chartSeries().retry()}>
          {t.retry}
        </Button>
      </p>
    );
  }
  return (
    <p className={styles.foot}>
      {state.kind === "drawn" && t.points(state.shown, state.points)}
      {state.kind === "drawn" && state.hidden > 0 && ` · ${t.nothingPositive(state.hidden)}`}
      {state.kind === "drawn" && state.isOneStep && (
        <>
          {` · ${t.oneStep} `}
          <button type="button" onClick={onTime}>
            {t.overTime}
          </button>
        </>
      )}
    </p>
  );
}
