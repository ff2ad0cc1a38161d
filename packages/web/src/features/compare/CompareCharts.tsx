import { useTexts } from "../../lib/texts.ts";
import { Segments } from "../../ui/Segments.tsx";
import styles from "./CompareCharts.module.css";
import type { CompareRoom } from "./compare-room.ts";
import { compareTexts } from "./texts.ts";

/** The runs' charts over each other: one for each metric, or one for each run (the lateral comparison). */
export function CompareCharts({ view, change }: CompareRoom) {
  const t = useTexts(compareTexts);
  return (
    <div className={styles.room}>
      <div className={styles.tools}>
        <Segments
          label={t.groupBy}
          segments={[
            { key: "metric", label: t.byMetric },
            { key: "run", label: t.byRun },
          ]}
          chosen={view.chartsBy}
          onChoose={(chartsBy) => change({ chartsBy })}
        />
      </div>
    </div>
  );
}
