import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import styles from "./Popover.module.css";

export interface PopoverProps {
  /** The button that opens it: one element that takes a ref and props. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly title: string;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly children: ReactNode;
  readonly align?: "start" | "center" | "end" | undefined;
}

/** A small panel beside its button. Escape and a press elsewhere close it, and the focus returns. */
export function Popover({ trigger, title, isOpen, onOpen, children, align = "end" }: PopoverProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={onOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} className={styles.place}>
          <Base.Popup className={styles.popup}>
            <Base.Title className="visually-hidden">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
