import { useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { actionTexts } from "./action-texts.ts";
import type { RunsDialogProps } from "./LabelDialog.tsx";
import { useRunActions } from "./run-actions.ts";

/** Adds the same note to runs. Notes are kept as they are: there is no undo, so the dialog says to which runs it goes. */
export function NoteDialog({ runs, onClose }: RunsDialogProps) {
  const t = useTexts(actionTexts);
  const actions = useRunActions();
  const [text, setText] = useState("");
  const close = () => {
    setText("");
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={runs !== undefined}
      onClose={close}
      title={t.noteTitle(runs?.length ?? 0)}
      confirmLabel={t.addNote}
      cancelLabel={t.cancel}
      isDisabled={text.trim() === ""}
      onConfirm={() => actions.addNote(runs ?? [], text.trim())}
      problemOf={problemText}
    >
      <TextArea
        label={t.note}
        help={t.noteHelp}
        value={text}
        onChange={({ target }) => setText(target.value)}
        autoFocus
      />
    </ConfirmDialog>
  );
}
