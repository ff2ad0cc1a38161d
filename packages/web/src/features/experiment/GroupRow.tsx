import { ChevronRight } from "lucide-react";
import { formatCount, formatNumber, formatValue } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import styles from "./GroupRow.module.css";
import { experimentTexts } from "./texts.ts";
import type { GroupHead } from "./use-rows.ts";

export interface GroupRowProps {
  readonly head: GroupHead;
  /** What it is grouped by. */
  readonly by: string;
  readonly onToggle: (head: GroupHead) => void;
}

/** The head of a group: its value, how many runs it has, and their means. */
export function GroupRow({ head, by, onToggle }: GroupRowProps) {
  const t = useTexts(experimentTexts);
  const { value, runs, metrics } = head.group;
  const means = metrics.flatMap(({ key, mean, min, max }) =>
    mean === null || min === null || max === null ? [] : [{ key, mean, min, max }],
  );
  return (
    <span className={styles.row}>
      <button
        type="button"
        tabIndex={-1}
        className={styles.toggle}
        aria-expanded={head.isOpen}
        onClick={() => onToggle(head)}
      >
        <ChevronRight size={14} aria-hidden />
        <span className={styles.by}>{by}</span>
        <strong className="ellipsis">{value === null ? t.withoutValue : formatValue(value)}</strong>
      </button>
      <span className={styles.count}>{runs === 1 ? t.oneRun : t.runs(formatCount(runs))}</span>
      {means.map(({ key, mean, min, max }) => (
        <span key={key} className={styles.mean} title={t.spread(key, formatNumber(min), formatNumber(max))}>
          {key} <span className="numeric">⌀ {formatNumber(mean, 4)}</span>
        </span>
      ))}
    </span>
  );
}
