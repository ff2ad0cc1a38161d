import { clsx } from "clsx";
import type { ButtonHTMLAttributes, Ref } from "react";
import styles from "./Button.module.css";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary`: the one thing to do here. `quiet`: no border until pointed at. `danger`: destroys something. */
  readonly look?: "normal" | "primary" | "quiet" | "danger" | undefined;
  readonly size?: "normal" | "small" | undefined;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
}

/** A button with words; an icon may stand before them. */
export function Button({ look = "normal", size = "normal", className, type = "button", ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={clsx(styles.button, styles[look], styles[size], className)} />;
}
