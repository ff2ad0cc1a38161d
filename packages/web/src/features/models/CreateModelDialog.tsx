import type { Model } from "@cairn/core";
import { useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field, TextArea } from "../../ui/Field.tsx";
import { modelTexts } from "./texts.ts";

export interface CreateModelDialogProps {
  readonly onClose: () => void;
  readonly onDone: (model: Model) => void;
}

/** A model without versions, which the first training or file fills. */
export function CreateModelDialog({ onClose, onDone }: CreateModelDialogProps) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t.newModelTitle}
      confirmLabel={v.create}
      cancelLabel={v.cancel}
      isDisabled={name.trim() === ""}
      problemOf={problemText}
      onConfirm={() => server.models.create({ name: name.trim(), description }).then(onDone)}
    >
      <Field
        label={t.name}
        help={t.nameHelp}
        value={name}
        onChange={(event) => setName(event.target.value)}
        autoComplete="off"
        spellCheck={false}
        autoFocus
      />
      <TextArea
        label={t.card}
        help={t.cardHelp}
        value={description}
        onChange={(event) => setDescription(event.target.value)}
      />
    </ConfirmDialog>
  );
}
