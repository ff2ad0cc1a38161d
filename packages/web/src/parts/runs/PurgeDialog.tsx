import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { actionTexts } from "./action-texts.ts";
import type { RunsDialogProps } from "./LabelDialog.tsx";
import { useRunActions } from "./run-actions.ts";

const NAMED = 5;

/** Asks before runs go for good, and names them. */
export function PurgeDialog({ runs = [], onClose, onDone }: RunsDialogProps & { readonly onDone?: () => void }) {
  const t = useTexts(actionTexts);
  const actions = useRunActions();
  const names = runs.slice(0, NAMED).map(({ name, id }) => name || id);
  return (
    <ConfirmDialog
      isOpen={runs.length > 0}
      onClose={onClose}
      title={t.purgeTitle(runs.length)}
      confirmLabel={t.purge}
      cancelLabel={t.cancel}
      isDangerous
      onConfirm={async () => {
        await actions.purge(runs);
        onDone?.();
      }}
      problemOf={problemText}
    >
      <p>
        <strong>{names.join(", ") + (runs.length > NAMED ? " …" : "")}</strong>
      </p>
      <p>{t.purgeText}</p>
    </ConfirmDialog>
  );
}
