import { clsx } from "clsx";
import { ListFilter, X } from "lucide-react";
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTexts } from "../../lib/texts.ts";
import { applyOption, type Completion, complete, isUnfinished, type KnownField, type Option } from "./complete.ts";
import styles from "./QueryField.module.css";
import { QueryText } from "./QueryText.tsx";
import { findQueryProblem } from "./query-problem.ts";
import { Suggestions } from "./Suggestions.tsx";
import { queryTexts } from "./texts.ts";

export interface QueryFieldProps {
  /** The query that holds now. */
  readonly value: string;
  /** Called with a query that is right, a moment after it was typed, or at once at Enter. */
  readonly onApply: (query: string) => void;
  readonly fields: readonly KnownField[];
  /** What the server says against the query that holds. */
  readonly problem?: string | undefined;
  readonly ref?: Ref<{ focus(): void }> | undefined;
}

const APPLY_MS = 400;

/** A query as it is typed: fields, operators and values are suggested, and what is wrong is marked where it is wrong. */
export function QueryField({ value, onApply, fields, problem: told, ref }: QueryFieldProps) {
  const t = useTexts(queryTexts);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(value);
  const [from, setFrom] = useState(value);
  const [caret, setCaret] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const [isChecked, setChecked] = useState(false);
  const [scroll, setScroll] = useState(0);
  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus() }));
  if (from !== value) {
    // Another view was opened, or the address changed: what stands here is no longer what holds.
    setFrom(value);
    if (value.trim() !== draft.trim()) setDraft(value);
  }

  const problem = findQueryProblem(draft);
  const isRight = problem === undefined;
  useEffect(() => {
    if (!isRight || draft.trim() === value.trim()) return;
    const timer = setTimeout(() => onApply(draft.trim()), APPLY_MS);
    return () => clearTimeout(timer);
  }, [draft, isRight, value, onApply]);

  const completion: Completion | undefined = isOpen ? complete(draft, caret, fields) : undefined;
  const options = completion?.options ?? [];
  const isListed = isOpen && options.length > 0;
  const shownProblem = problem !== undefined && (isChecked || !isUnfinished(draft)) ? problem : undefined;
  const message = shownProblem?.message ?? (draft.trim() === value.trim() ? told : undefined);

  const type = (text: string, at: number) => {
    setDraft(text);
    setCaret(at);
    setOpen(true);
    setChosen(-1);
    setChecked(false);
  };
  const take = (option: Option) => {
    if (completion === undefined) return;
    const next = applyOption(draft, completion, option);
    flushSync(() => type(next.text, next.caret));
    // At once, or a key typed before the next frame lands where the text ends.
    input.current?.setSelectionRange(next.caret, next.caret);
  };
  const clear = () => {
    type("", 0);
    setOpen(false);
    onApply("");
    input.current?.focus();
  };
  const isTyped = completion !== undefined && completion.from < caret;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const option = options[chosen];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isListed) return setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      return setChosen((chosen + step + options.length + (chosen < 0 && step < 0 ? 1 : 0)) % options.length);
    }
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      return setOpen(true);
    }
    if (event.key === "Tab" && !event.shiftKey && isListed && (option !== undefined || isTyped)) {
      event.preventDefault();
      return take(option ?? (options[0] as Option));
    }
    if (event.key === "Enter") {
      event.preventDefault();
      if (isListed && option !== undefined) return take(option);
      setOpen(false);
      setChecked(true);
      if (isRight) onApply(draft.trim());
      return;
    }
    if (event.key === "Escape" && (isOpen || draft !== value)) {
      event.preventDefault();
      event.stopPropagation();
      if (isOpen) setOpen(false);
      else setDraft(value);
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the focus leave
    <div
      className={styles.field}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (currentTarget.contains(relatedTarget)) return;
        setOpen(false);
        setChecked(true);
      }}
    >
      <div className={styles.box} data-wrong={message === undefined ? undefined : true}>
        <ListFilter size={15} aria-hidden className={styles.icon} />
        <div className={styles.text}>
          <QueryText text={draft} problem={shownProblem} scroll={scroll} />
          <input
            ref={input}
            className={styles.input}
            role="combobox"
            aria-label={t.query}
            aria-expanded={isListed}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={isListed && chosen >= 0 ? `${id}-${chosen}` : undefined}
            aria-invalid={message !== undefined}
            aria-describedby={message === undefined ? undefined : `${id}-problem`}
            placeholder={t.placeholder}
            value={draft}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            onChange={({ target }) => type(target.value, target.selectionStart ?? target.value.length)}
            onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
            onClick={() => setOpen(true)}
            onKeyDown={onKeyDown}
            onScroll={({ currentTarget }) => setScroll(currentTarget.scrollLeft)}
          />
        </div>
        {draft !== "" && (
          <button type="button" className={styles.clear} aria-label={t.clear} onClick={clear}>
            <X size={14} aria-hidden />
          </button>
        )}
      </div>
      {(isListed || message !== undefined) && (
        <div className={clsx(styles.below, !isListed && styles.slim)}>
          {isListed && <Suggestions id={id} options={options} chosen={chosen} onTake={take} />}
          {message !== undefined && (
            <p id={`${id}-problem`} className={styles.problem} role={isChecked ? "alert" : undefined}>
              {message}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
