import { Plus, X } from "lucide-react";
import { useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { tell } from "../../ui/Toasts.tsx";
import styles from "./TagEditor.module.css";
import { versionTexts } from "./version-texts.ts";

export interface TagEditorProps {
  readonly tags: Readonly<Record<string, string>>;
  /** Null takes the tag away. */
  readonly onChange: (key: string, value: string | null) => Promise<unknown>;
  readonly isReadOnly?: boolean | undefined;
}

/** Tags as chips: a click changes one, the cross takes it away, with undo. */
export function TagEditor({ tags, onChange, isReadOnly = false }: TagEditorProps) {
  const t = useTexts(versionTexts);
  const [edited, setEdited] = useState<{ readonly key: string; readonly value: string; readonly isNew: boolean }>();
  const change = async (key: string, value: string | null) => {
    const before = tags[key] ?? null;
    await onChange(key, value);
    tell({ text: t.tagSaved(key), action: { label: t.undo, run: () => void quietly(onChange(key, before)) } });
  };
  const quietly = (work: Promise<unknown>) =>
    work.catch((error: unknown) => tell({ text: t.failed, detail: problemText(error), look: "bad" }));
  const entries = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <div className={styles.tags}>
      {entries.length === 0 && <span className={styles.none}>{t.noTags}</span>}
      {entries.map(([key, value]) => (
        <span key={key} className={styles.tag}>
          <button
            type="button"
            className={styles.word}
            disabled={isReadOnly}
            title={`${key}: ${value}`}
            aria-label={`${t.editTag(key)}: ${value}`}
            onClick={() => setEdited({ key, value, isNew: false })}
          >
            <span className={styles.key}>{key}</span> {value}
          </button>
          {!isReadOnly && (
            <button
              type="button"
              className={styles.remove}
              aria-label={t.removeTag(key)}
              onClick={() => void quietly(change(key, null))}
            >
              <X size={11} aria-hidden />
            </button>
          )}
        </span>
      ))}
      {!isReadOnly && (
        <Button size="small" look="quiet" onClick={() => setEdited({ key: "", value: "", isNew: true })}>
          <Plus size={13} aria-hidden />
          {t.addTag}
        </Button>
      )}
      {edited !== undefined && (
        <ConfirmDialog
          isOpen
          onClose={() => setEdited(undefined)}
          title={edited.isNew ? t.addTag : t.editTag(edited.key)}
          confirmLabel={t.save}
          cancelLabel={t.cancel}
          isDisabled={edited.key.trim() === ""}
          problemOf={problemText}
          onConfirm={() => change(edited.key.trim(), edited.value)}
        >
          {edited.isNew && (
            <Field
              label={t.tagKey}
              value={edited.key}
              onChange={(event) => setEdited({ ...edited, key: event.target.value })}
              autoComplete="off"
              spellCheck={false}
              autoFocus
            />
          )}
          <Field
            label={t.tagValue}
            value={edited.value}
            onChange={(event) => setEdited({ ...edited, value: event.target.value })}
            autoComplete="off"
            autoFocus={!edited.isNew}
          />
        </ConfirmDialog>
      )}
    </div>
  );
}
