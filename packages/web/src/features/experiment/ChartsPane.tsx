import type { Run } from "@cairn/core";
import type { RunList } from "../../parts/runs/use-run-windows.ts";
import { Skeleton } from "../../ui/Skeleton.tsx";
import styles from "./RunsScreen.module.css";
import type { ShownRuns } from "./view.ts";

export interface ChartsPaneProps {
  readonly shown: ShownRuns;
  readonly first: readonly Run[];
  readonly list: RunList;
  readonly highlighted: string | undefined;
  readonly onHighlight: (id: string | undefined) => void;
}

/** The charts of the runs that are shown. */
export function ChartsPane(_: ChartsPaneProps) {
  return (
    <div className={styles.charts}>
      <Skeleton height="240px" />
    </div>
  );
}
