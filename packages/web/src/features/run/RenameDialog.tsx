import type { Run } from "@cairn/core";
import { useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { useRunActions } from "../../parts/runs/run-actions.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { runPageTexts } from "./texts.ts";

export interface RenameDialogProps {
  readonly run: Run;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function RenameDialog({ run, isOpen, onClose }: RenameDialogProps) {
  const t = useTexts(runPageTexts);
  const actions = useRunActions();
  const [name, setName] = useState(run.name);
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t.renameTitle}
      confirmLabel={t.rename}
      cancelLabel={t.cancel}
      isDisabled={name.trim() === "" || name === run.name}
      problemOf={problemText}
      onConfirm={() => actions.rename(run, name.trim())}
    >
      <Field
        label={t.name}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onFocus={(event) => event.target.select()}
        autoComplete="off"
        autoFocus
      />
    </ConfirmDialog>
  );
}
