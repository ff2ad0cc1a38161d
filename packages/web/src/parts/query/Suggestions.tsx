import { useEffect, useRef } from "react";
import { useTexts } from "../../lib/texts.ts";
import type { Option } from "./complete.ts";
import styles from "./QueryField.module.css";
import { queryTexts } from "./texts.ts";

export interface SuggestionsProps {
  readonly id: string;
  readonly options: readonly Option[];
  /** The one that the keys are at; -1 for none. */
  readonly chosen: number;
  readonly onTake: (option: Option) => void;
}

/** What may be typed now. The field above has the focus all the time. */
export function Suggestions({ id, options, chosen, onTake }: SuggestionsProps) {
  const t = useTexts(queryTexts);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[data-index="${chosen}"]`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <>
      <div ref={list} role="listbox" id={`${id}-list`} aria-label={t.suggestions} className={styles.list}>
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
          // biome-ignore lint/a11y/useFocusableInteractive: the field names the chosen one
          <div
            key={`${option.kind} ${option.text}`}
            role="option"
            id={`${id}-${index}`}
            data-index={index}
            aria-selected={index === chosen}
            className={styles.option}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onTake(option)}
          >
            <span className="ellipsis mono">{option.text}</span>
            <span className={styles.kind}>{t.kinds[option.kind]}</span>
          </div>
        ))}
      </div>
      <p className={styles.help}>{t.help}</p>
    </>
  );
}
