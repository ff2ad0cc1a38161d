import { clsx } from "clsx";
import type { AnchorHTMLAttributes } from "react";
import styles from "./Button.module.css";

export interface LinkButtonProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly look?: "normal" | "primary" | "quiet" | undefined;
  readonly size?: "normal" | "small" | undefined;
}

/** A link that looks like a button: for downloads. */
export function LinkButton({ look = "normal", size = "normal", className, ...rest }: LinkButtonProps) {
  return <a {...rest} className={clsx(styles.button, styles[look], styles[size], className)} />;
}
