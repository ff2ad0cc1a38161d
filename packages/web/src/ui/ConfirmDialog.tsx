import { type ReactNode, useState } from "react";
import { Button } from "./Button.tsx";
import styles from "./ConfirmDialog.module.css";
import { Dialog } from "./Dialog.tsx";

export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Names the thing. */
  readonly title: string;
  /** What will be, and what cannot be undone. */
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly isDangerous?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  /** The dialog stays while it works, and says what `problemOf` makes of its failure. */
  readonly onConfirm: () => Promise<unknown>;
  readonly problemOf: (error: unknown) => string;
}

/** A question with two answers, and the place where a refusal is read. Enter in a field inside confirms. */
export function ConfirmDialog({
  isOpen,
  onClose,
  title,
  children,
  confirmLabel,
  cancelLabel,
  isDangerous = false,
  isDisabled = false,
  onConfirm,
  problemOf,
}: ConfirmDialogProps) {
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly problem?: string }>({ isBusy: false });
  const close = () => {
    setState({ isBusy: false });
    onClose();
  };
  const confirm = async () => {
    setState({ isBusy: true });
    try {
      await onConfirm();
      close();
    } catch (error) {
      setState({ isBusy: false, problem: problemOf(error) });
    }
  };
  return (
    <Dialog isOpen={isOpen} onClose={close} title={title} closeLabel={cancelLabel}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isDisabled && !state.isBusy) void confirm();
        }}
      >
        {children}
        {state.problem !== undefined && (
          <p role="alert" className={styles.problem}>
            {state.problem}
          </p>
        )}
        <div className={styles.buttons}>
          <Button onClick={close}>{cancelLabel}</Button>
          <Button type="submit" look={isDangerous ? "danger" : "primary"} disabled={isDisabled || state.isBusy}>
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
