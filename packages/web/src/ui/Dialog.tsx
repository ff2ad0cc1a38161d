import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import styles from "./Dialog.module.css";

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly closeLabel: string;
  readonly children: ReactNode;
  /** Buttons, the main one last. */
  readonly footer?: ReactNode;
  readonly size?: "normal" | "wide" | "full" | undefined;
}

/** A question above the page. Focus goes in (to the first field where there is one), stays in, and returns; Escape closes. */
export function Dialog({ isOpen, onClose, title, closeLabel, children, footer, size = "normal" }: DialogProps) {
  const body = useRef<HTMLDivElement>(null);
  // Else Enter, pressed right away, would close the dialog: its first button does.
  const firstField = (opened: string): HTMLElement | boolean => {
    if (opened === "touch") return true;
    if (body.current?.contains(document.activeElement)) return false;
    return body.current?.querySelector<HTMLElement>("input, textarea, select") ?? true;
  };
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.dialog} data-size={size} initialFocus={firstField}>
          <header>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close className={styles.close} aria-label={closeLabel}>
              <X size={16} aria-hidden />
            </Base.Close>
          </header>
          <div ref={body} className={styles.body}>
            {children}
          </div>
          {footer !== undefined && <footer>{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
