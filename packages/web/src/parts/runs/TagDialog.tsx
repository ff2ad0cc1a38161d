import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { actionTexts } from "./action-texts.ts";
import styles from "./dialogs.module.css";
import type { RunsDialogProps } from "./LabelDialog.tsx";
import { useRunActions } from "./run-actions.ts";
import { runKeysQuery } from "./use-run-keys.ts";

/** Sets one tag on runs. */
export function TagDialog({ runs, onClose }: RunsDialogProps) {
  const t = useTexts(actionTexts);
  const actions = useRunActions();
  const list = useId();
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const { data: known } = useQuery({ ...runKeysQuery(), enabled: runs !== undefined });
  const close = () => {
    setKey("");
    setValue("");
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={runs !== undefined}
      onClose={close}
      title={t.tagTitle(runs?.length ?? 0)}
      confirmLabel={t.set}
      cancelLabel={t.cancel}
      isDisabled={key.trim() === ""}
      onConfirm={() => actions.setTag(runs ?? [], key.trim(), value)}
      problemOf={problemText}
    >
      <div className={styles.pair}>
        <Field label={t.key} value={key} list={list} onChange={({ target }) => setKey(target.value)} autoFocus />
        <Field label={t.value} help={t.tagHelp} value={value} onChange={({ target }) => setValue(target.value)} />
      </div>
      <datalist id={list}>
        {known?.tags.slice(0, 100).map((tag) => (
          <option key={tag.key} value={tag.key} />
        ))}
      </datalist>
    </ConfirmDialog>
  );
}
