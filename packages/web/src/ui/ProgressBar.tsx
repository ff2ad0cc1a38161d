import styles from "./ProgressBar.module.css";

export interface ProgressBarProps {
  /** What it is the progress of. */
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly isEnded?: boolean | undefined;
}

/** How far something is. Of nothing (`max` 0) it is as far as it can be once it has ended. */
export function ProgressBar({ label, value, max, isEnded = false }: ProgressBarProps) {
  const part = max === 0 ? Number(isEnded) : Math.min(value / max, 1);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(part * 100)}
      className={styles.bar}
      data-ended={isEnded || undefined}
    >
      <span style={{ width: `${part * 100}%` }} />
    </div>
  );
}
