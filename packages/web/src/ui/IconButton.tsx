import { clsx } from "clsx";
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import styles from "./Button.module.css";
import { Hint } from "./Hint.tsx";

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "aria-label"> {
  /** What it does: its name for a screen reader, and its tooltip. */
  readonly label: string;
  /** Keys that do the same, shown in the tooltip. */
  readonly keys?: string | undefined;
  readonly size?: "normal" | "small" | undefined;
  readonly isPressed?: boolean | undefined;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
}

/** A button that is an icon. */
export function IconButton({
  label,
  keys,
  size = "normal",
  isPressed,
  className,
  type = "button",
  ...rest
}: IconButtonProps) {
  return (
    <Hint text={label} keys={keys}>
      <button
        {...rest}
        type={type}
        aria-label={label}
        aria-pressed={isPressed}
        className={clsx(styles.button, styles.quiet, styles.icon, styles[size], className)}
      />
    </Hint>
  );
}
