import { clsx } from "clsx";
import type { ReactNode } from "react";
import styles from "./Badge.module.css";

/** A short word about something. */
export function Badge({
  look = "plain",
  children,
}: {
  readonly look?: "plain" | "accent" | "good" | "warn" | "bad" | "info";
  readonly children: ReactNode;
}) {
  return <span className={clsx(styles.badge, styles[look])}>{children}</span>;
}
