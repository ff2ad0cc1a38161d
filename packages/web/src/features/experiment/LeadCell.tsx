import { Eye, EyeOff } from "lucide-react";
import type { RunStyle } from "../../parts/runs/run-style.ts";
import styles from "./LeadCell.module.css";

export interface LeadCellProps {
  readonly isSelected: boolean;
  readonly isShown: boolean;
  readonly style: RunStyle;
  readonly selectLabel: string;
  readonly eyeLabel: string;
  readonly onSelect: (isRange: boolean) => void;
  readonly onEye: (isOnly: boolean) => void;
}

const DASHES = { solid: undefined, dashed: "5 3", dotted: "1.5 2.5", dashdot: "5 2.5 1.5 2.5" } as const;

/** What stands before each run: its box, its eye, and the line that it is drawn with. */
export function LeadCell({ isSelected, isShown, style, selectLabel, eyeLabel, onSelect, onEye }: LeadCellProps) {
  const Icon = isShown ? Eye : EyeOff;
  return (
    <span className={styles.lead}>
      <input
        type="checkbox"
        tabIndex={-1}
        className={styles.box}
        checked={isSelected}
        aria-label={selectLabel}
        onChange={({ nativeEvent }) => onSelect((nativeEvent as MouseEvent).shiftKey === true)}
      />
      <button
        type="button"
        tabIndex={-1}
        className={styles.eye}
        aria-label={eyeLabel}
        aria-pressed={isShown}
        title={eyeLabel}
        onClick={({ altKey }) => onEye(altKey)}
      >
        <Icon size={15} aria-hidden />
      </button>
      <svg className={styles.line} data-shown={isShown || undefined} width="18" height="10" aria-hidden>
        <line
          x1="1"
          x2="17"
          y1="5"
          y2="5"
          strokeWidth="3"
          strokeDasharray={DASHES[style.dash]}
          style={{ stroke: style.colour }}
        />
      </svg>
    </span>
  );
}
