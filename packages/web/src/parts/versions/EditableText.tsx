import { Pencil } from "lucide-react";
import { type ReactNode, useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import styles from "./EditableText.module.css";
import { versionTexts } from "./version-texts.ts";

export interface EditableTextProps {
  readonly label: string;
  readonly text: string;
  /** How it is shown; as it is written when left out. */
  readonly children?: ReactNode;
  /** Shown in the place of an empty text. */
  readonly placeholder: string;
  readonly onSave: (text: string) => Promise<unknown>;
  readonly isReadOnly?: boolean | undefined;
}

/** A text in its place, which becomes a field to change it. Ctrl or Cmd with Enter saves, Escape leaves it as it was. */
export function EditableText({ label, text, children, placeholder, onSave, isReadOnly = false }: EditableTextProps) {
  const t = useTexts(versionTexts);
  const [draft, setDraft] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const stop = () => {
    setDraft(undefined);
    setProblem(undefined);
  };
  const save = async () => {
    try {
      if (draft !== undefined && draft !== text) await onSave(draft);
      stop();
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  if (draft === undefined) {
    return (
      <div className={styles.shown}>
        <div className={styles.text}>
          {text === "" ? <span className={styles.none}>{placeholder}</span> : (children ?? text)}
        </div>
        {!isReadOnly && (
          <IconButton size="small" label={`${t.edit}: ${label}`} onClick={() => setDraft(text)}>
            <Pencil size={13} aria-hidden />
          </IconButton>
        )}
      </div>
    );
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") stop();
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
      }}
    >
      <TextArea
        label={label}
        isLabelHidden
        value={draft}
        problem={problem}
        onChange={(event) => setDraft(event.target.value)}
        autoFocus
      />
      <div className={styles.buttons}>
        <Button size="small" onClick={stop}>
          {t.cancel}
        </Button>
        <Button size="small" look="primary" type="submit">
          {t.save}
        </Button>
      </div>
    </form>
  );
}
