import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { chartSeries } from "./chart-series.ts";
import type { ChartState } from "./chart-state.ts";
import styles from "./charts.module.css";
import { chartTexts } from "./texts.ts";

/** Below a chart: how much of the record it shows, or what went wrong. */
export function ChartFoot({ state }: { readonly state: ChartState }) {
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
    </p>
  );
}
