import type { Model } from "@cairn/core";
import { useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { useVersionActions } from "../../parts/versions/use-version-actions.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { profileTags, type Visibility } from "./profile.ts";
import { filesTexts } from "./texts.ts";

export interface NewProfileDialogProps {
  readonly onClose: () => void;
  readonly onDone: (model: Model) => void;
}

/** A model, registered as the file centre's clients register it. */
export function NewProfileDialog({ onClose, onDone }: NewProfileDialogProps) {
  const t = useTexts(filesTexts);
  const v = useTexts(versionTexts);
  const { refresh } = useVersionActions();
  const [name, setName] = useState("");
  const [visibility, setVisibility] = useState<Visibility>("private");
  const create = async () => {
    const model = await server.models.create({ name: name.trim(), tags: profileTags(visibility) });
    void refresh();
    tell({ text: t.created(model.name) });
    onDone(model);
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t.newProfile}
      confirmLabel={v.create}
      cancelLabel={v.cancel}
      isDisabled={name.trim() === ""}
      problemOf={problemText}
      onConfirm={create}
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
      <Select
        label={t.visibility}
        value={visibility}
        options={[
          { value: "private", label: t.private },
          { value: "public", label: t.public },
        ]}
        onChange={(value) => setVisibility(value === "public" ? "public" : "private")}
      />
    </ConfirmDialog>
  );
}
