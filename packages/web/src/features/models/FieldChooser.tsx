import { Columns3 } from "lucide-react";
import { useState } from "react";
import { useTexts } from "../../lib/texts.ts";
import { fieldText, type VersionField } from "../../parts/versions/version-numbers.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Popover } from "../../ui/Popover.tsx";
import styles from "./FieldChooser.module.css";
import { modelTexts } from "./texts.ts";

export interface FieldChooserProps {
  readonly fields: readonly VersionField[];
  readonly shown: readonly VersionField[];
  readonly onChange: (shown: readonly VersionField[] | undefined) => void;
}

/** Longer lists than this are found in by typing. */
const MANY = 12;

/** Which of the metadata and metrics stand in the table. */
export function FieldChooser({ fields, shown, onChange }: FieldChooserProps) {
  const t = useTexts(modelTexts);
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const isShown = (field: VersionField) => shown.some((each) => fieldText(each) === fieldText(field));
  const toggle = (field: VersionField) =>
    onChange(isShown(field) ? shown.filter((each) => fieldText(each) !== fieldText(field)) : [...shown, field]);
  const group = (kind: VersionField["kind"], heading: string) => {
    const some = fields.filter((field) => field.kind === kind && field.key.toLowerCase().includes(text.toLowerCase()));
    if (some.length === 0) return null;
    return (
      <fieldset className={styles.group}>
        <legend>{heading}</legend>
        {some.slice(0, 200).map((field) => (
          <label key={fieldText(field)} className={styles.choice}>
            <input type="checkbox" checked={isShown(field)} onChange={() => toggle(field)} />
            <span>{field.key}</span>
          </label>
        ))}
      </fieldset>
    );
  };
  return (
    <Popover
      title={t.columns}
      isOpen={isOpen}
      onOpen={setOpen}
      trigger={
        <Button>
          <Columns3 size={14} aria-hidden />
          {t.columns}
        </Button>
      }
    >
      {fields.length === 0 && <p>{t.noFields}</p>}
      {fields.length > MANY && (
        <Field
          label={t.filter}
          isLabelHidden
          placeholder={t.filter}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {group("metadata", t.metadata)}
      {group("metric", t.metrics)}
    </Popover>
  );
}
