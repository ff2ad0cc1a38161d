import type { ReactNode } from "react";
import styles from "./states.module.css";

export interface EmptyStateProps {
  readonly title: string;
  /** What to do next. */
  readonly children?: ReactNode;
  readonly icon?: ReactNode;
}

/** A place with nothing in it yet says what would be there, and how it comes about. */
export function EmptyState({ title, children, icon }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {icon !== undefined && <div className={styles.icon}>{icon}</div>}
      <h2>{title}</h2>
      {children !== undefined && <div>{children}</div>}
    </div>
  );
}
