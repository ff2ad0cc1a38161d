import type { Version } from "@cairn/core";
import { useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { useVersionActions } from "../../parts/versions/use-version-actions.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { modelTexts } from "./texts.ts";

/** Another label for a draft. */
export function LabelDialog({ version, onClose }: { readonly version: Version; readonly onClose: () => void }) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const { refresh } = useVersionActions();
  const [label, setLabel] = useState(version.label ?? "");
  const save = async () => {
    await server.versions.update(version.model, version.number, { label: label.trim() || null });
    await refresh();
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t.editLabel}
      confirmLabel={v.save}
      cancelLabel={v.cancel}
      problemOf={problemText}
      onConfirm={save}
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
    </ConfirmDialog>
  );
}
