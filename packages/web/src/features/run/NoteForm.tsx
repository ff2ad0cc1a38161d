import { useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { TextArea } from "../../ui/Field.tsx";
import styles from "./cards.module.css";
import { runPageTexts } from "./texts.ts";

export interface NoteFormProps {
  readonly label: string;
  readonly placeholder?: string | undefined;
  /** What is there to be changed. */
  readonly text?: string | undefined;
  readonly keysHelp: string;
  readonly saveLabel: string;
  /** What it refuses is said in place, and what was typed stays. */
  readonly onSave: (text: string) => Promise<unknown>;
  readonly onCancel?: (() => void) | undefined;
}

/** The place to write a note. Ctrl or Cmd with Enter saves it, Escape leaves it as it was. */
export function NoteForm({ label, placeholder, text = "", keysHelp, saveLabel, onSave, onCancel }: NoteFormProps) {
  const t = useTexts(runPageTexts);
  const [draft, setDraft] = useState(text);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const save = async () => {
    if (draft.trim() === "" || isBusy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await onSave(draft.trim());
      setDraft(text);
    } catch (error) {
      setProblem(problemText(error));
    }
    setBusy(false);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel?.();
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
      }}
    >
      <TextArea
        label={label}
        isLabelHidden
        rows={2}
        style={{ minHeight: draft === "" ? 58 : 96 }}
        placeholder={placeholder}
        autoFocus={onCancel !== undefined}
        problem={problem}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
      />
      {(draft !== "" || onCancel !== undefined) && (
        <div className={styles.between} style={{ marginTop: 8 }}>
          <span className={styles.faint}>{keysHelp}</span>
          <div className={styles.formButtons}>
            {onCancel !== undefined && (
              <Button size="small" onClick={onCancel}>
                {t.cancel}
              </Button>
            )}
            <Button type="submit" size="small" look="primary" disabled={isBusy || draft.trim() === ""}>
              {saveLabel}
            </Button>
          </div>
        </div>
      )}
    </form>
  );
}
