import type { InputHTMLAttributes, ReactNode, Ref, TextareaHTMLAttributes } from "react";
import { useId } from "react";
import styles from "./Field.module.css";

interface Frame {
  readonly label: string;
  /** The label is read aloud, but not shown: something beside it says the same. */
  readonly isLabelHidden?: boolean | undefined;
  readonly help?: ReactNode;
  /** What is wrong with what was typed. */
  readonly problem?: string | undefined;
}

export interface FieldProps extends Frame, Omit<InputHTMLAttributes<HTMLInputElement>, "id"> {
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

/** One line to type in. */
export function Field({ label, isLabelHidden, help, problem, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={isLabelHidden ? "visually-hidden" : styles.label}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-about`}
        className={styles.input}
      />
      <About id={id} help={help} problem={problem} />
    </div>
  );
}

export interface TextAreaProps extends Frame, Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "id"> {
  readonly ref?: Ref<HTMLTextAreaElement> | undefined;
}

/** Several lines to type in. */
export function TextArea({ label, isLabelHidden, help, problem, ...rest }: TextAreaProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={isLabelHidden ? "visually-hidden" : styles.label}>
        {label}
      </label>
      <textarea
        {...rest}
        id={id}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-about`}
        className={styles.area}
      />
      <About id={id} help={help} problem={problem} />
    </div>
  );
}

function About({ id, help, problem }: { id: string; help: ReactNode; problem: string | undefined }) {
  if (problem === undefined && help === undefined) return null;
  return (
    <p id={`${id}-about`} className={problem === undefined ? styles.help : styles.problem} role={problem && "alert"}>
      {problem ?? help}
    </p>
  );
}
