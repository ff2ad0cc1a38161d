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

/** A border draws no dash and dot in turn: double lines stand for it here. */
const BORDERS = { solid: "solid", dashed: "dashed", dotted: "dotted", dashdot: "double" } as const;

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
      <span
        className={styles.line}
        data-shown={isShown || undefined}
        style={{ borderTopColor: style.colour, borderTopStyle: BORDERS[style.dash] }}
      />
    </span>
  );
}
