import { CircleAlert } from "lucide-react";
import { Button } from "./Button.tsx";
import styles from "./states.module.css";

export interface ProblemProps {
  readonly title: string;
  /** In the server's words. */
  readonly detail?: string | undefined;
  readonly retryLabel?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
}

/** What went wrong, in the place where the answer would be, with a way on. */
export function Problem({ title, detail, retryLabel, onRetry }: ProblemProps) {
  return (
    <div className={styles.problem} role="alert">
      <CircleAlert size={18} aria-hidden />
      <div className={styles.words}>
        <strong>{title}</strong>
        {detail !== undefined && <p>{detail}</p>}
      </div>
      {onRetry !== undefined && (
        <Button size="small" onClick={onRetry}>
          {retryLabel}
        </Button>
      )}
    </div>
  );
}
