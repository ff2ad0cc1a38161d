import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import styles from "./Hint.module.css";
import { Keys } from "./Keys.tsx";

export interface HintProps {
  readonly text: ReactNode;
  readonly keys?: string | undefined;
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
  /** One element that takes a ref and props. */
  readonly children: ReactElement<Record<string, unknown>>;
}

/** A tooltip, for pointer and keyboard focus alike. It repeats or explains; nothing is only in a tooltip. */
export function Hint({ text, keys, side = "top", children }: HintProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className={styles.place}>
          <Tooltip.Popup className={styles.hint}>
            {text}
            {keys !== undefined && <Keys keys={keys} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
