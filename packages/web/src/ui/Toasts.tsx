import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import styles from "./Toasts.module.css";

interface Told {
  readonly action?: { readonly label: string; readonly run: () => void };
}

const manager = Toast.createToastManager<Told>();

export interface Message {
  readonly text: string;
  readonly detail?: string | undefined;
  readonly look?: "normal" | "bad" | undefined;
  /** Such as undo: the message stays ten seconds then. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

/** Says something in the corner of the screen, from anywhere. */
export function tell({ text, detail, look = "normal", action }: Message): void {
  const id = manager.add({
    title: text,
    description: detail,
    type: look,
    priority: look === "bad" ? "high" : "low",
    timeout: action === undefined ? 5000 : 10_000,
    ...(action === undefined
      ? {}
      : {
          actionProps: {
            children: action.label,
            onClick: () => {
              manager.close(id);
              action.run();
            },
          },
        }),
  });
}

/** Where messages appear: once, around the whole page. */
export function Toasts({ closeLabel }: { readonly closeLabel: string }) {
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <List closeLabel={closeLabel} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List({ closeLabel }: { readonly closeLabel: string }) {
  const { toasts } = Toast.useToastManager<Told>();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles.toast} data-toast data-look={toast.type}>
      <div className={styles.words}>
        <Toast.Title className={styles.title} />
        <Toast.Description className={styles.detail} />
      </div>
      <Toast.Action className={styles.action} />
      <Toast.Close className={styles.close} aria-label={closeLabel}>
        <X size={14} aria-hidden />
      </Toast.Close>
    </Toast.Root>
  ));
}
