import type { ReactNode } from "react";
import styles from "./Page.module.css";

export interface PageProps {
  readonly title: ReactNode;
  /** A line under the title. */
  readonly about?: ReactNode;
  /** What can be done with the whole, at the end of the title's line. */
  readonly actions?: ReactNode;
  /** The page fills the window and scrolls inside itself: for tables. */
  readonly isFull?: boolean | undefined;
  readonly children: ReactNode;
}

/** A screen: title, what can be done, content. */
export function Page({ title, about, actions, isFull = false, children }: PageProps) {
  return (
    <div className={styles.page} data-full={isFull || undefined}>
      <header className={styles.head}>
        <div className={styles.words}>
          <h1>{title}</h1>
          {about !== undefined && <div className={styles.about}>{about}</div>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
