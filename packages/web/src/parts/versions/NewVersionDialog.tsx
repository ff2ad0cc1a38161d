import type { Model, Version } from "@cairn/core";
import { useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field, TextArea } from "../../ui/Field.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { nameOfVersion } from "./name-of-version.ts";
import { versionTexts } from "./version-texts.ts";

export interface NewVersionDialogProps {
  readonly model: Pick<Model, "id" | "name">;
  readonly onClose: () => void;
  readonly onDone: (version: Version) => void;
}

/** A draft to put files into. */
export function NewVersionDialog({ model, onClose, onDone }: NewVersionDialogProps) {
  const t = useTexts(versionTexts);
  const [label, setLabel] = useState("");
  const [comment, setComment] = useState("");
  const create = async () => {
    const version = await server.versions.create(model.id, {
      ...(label.trim() === "" ? {} : { label: label.trim() }),
      comment: comment.trim(),
    });
    tell({ text: t.wasCreated(nameOfVersion(version)) });
    onDone(version);
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t.newVersionTitle(model.name)}
      confirmLabel={t.create}
      cancelLabel={t.cancel}
      problemOf={problemText}
      onConfirm={create}
    >
      <Field
        label={t.label}
        help={t.labelHelp}
        value={label}
        onChange={(event) => setLabel(event.target.value)}
        autoComplete="off"
        spellCheck={false}
        autoFocus
      />
      <TextArea label={t.comment} value={comment} onChange={(event) => setComment(event.target.value)} />
    </ConfirmDialog>
  );
}
