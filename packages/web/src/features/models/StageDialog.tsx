import type { Model, Version } from "@cairn/core";
import { useId, useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { useVersionActions } from "../../parts/versions/use-version-actions.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { modelTexts } from "./texts.ts";

/** The stages that other clients know. */
const KNOWN = ["Staging", "Production", "Archived"];

export interface StageDialogProps {
  readonly model: Model;
  readonly version: Version;
  readonly onClose: () => void;
}

/** Where a version stands, in a word; those that stood there can be moved out. */
export function StageDialog({ model, version, onClose }: StageDialogProps) {
  const t = useTexts(modelTexts);
  const v = useTexts(versionTexts);
  const { attempt, refresh } = useVersionActions();
  const known = useId();
  const [stage, setStage] = useState(version.stage);
  const [isMoving, setMoving] = useState(false);
  const next = stage.trim();
  const canMove = next !== "" && next !== "Archived" && next !== version.stage;
  const put = (text: string) => server.versions.update(version.model, version.number, { stage: text });
  const save = async () => {
    const moves = canMove && isMoving;
    await (moves
      ? server.versions.update(version.model, version.number, { stage: next, moveOthersTo: "Archived" })
      : put(next));
    await refresh();
    // Others that were moved are not known here, so that only the simple change can be taken back.
    const undo = { label: v.undo, run: () => void attempt(() => put(version.stage)) };
    tell({ text: t.stageSaved, ...(moves ? {} : { action: undo }) });
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t.editStage}
      confirmLabel={v.save}
      cancelLabel={v.cancel}
      problemOf={problemText}
      onConfirm={save}
    >
      <Field
        label={t.stage}
        help={t.stageHelp}
        value={stage}
        onChange={(event) => setStage(event.target.value)}
        list={known}
        autoComplete="off"
        autoFocus
      />
      <datalist id={known}>
        {[...new Set([...KNOWN, ...Object.keys(model.stages)])]
          .filter((each) => each !== "")
          .map((each) => (
            <option key={each} value={each} />
          ))}
      </datalist>
      {canMove && (
        <label>
          <input type="checkbox" checked={isMoving} onChange={(event) => setMoving(event.target.checked)} />{" "}
          {t.moveOthers(next)}
        </label>
      )}
    </ConfirmDialog>
  );
}
