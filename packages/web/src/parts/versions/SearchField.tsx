import { type ReactNode, type Ref, useEffect, useState } from "react";
import { Field } from "../../ui/Field.tsx";
import styles from "./SearchField.module.css";

export interface SearchFieldProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

/** So long after the last letter. In ms. */
const PAUSE_MS = 200;

/** What is typed is told when a person pauses, so that each letter is not a question. */
export function SearchField({ label, icon, text, onText, ref }: SearchFieldProps) {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => onText(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <div className={styles.search}>
      {icon}
      <Field
        ref={ref}
        label={label}
        isLabelHidden
        placeholder={label}
        type="search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  );
}
