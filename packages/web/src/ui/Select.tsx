import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { type SelectHTMLAttributes, useId } from "react";
import styles from "./Select.module.css";

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

export interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, "id" | "onChange" | "value"> {
  readonly label: string;
  /** `above` the box, `before` it in one line, or read aloud only. */
  readonly labelPlace?: "above" | "before" | "hidden" | undefined;
  readonly options: readonly (SelectOption | { readonly heading: string; readonly options: readonly SelectOption[] })[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One of a few: the browser's own list, which every keyboard, screen reader and phone knows. */
export function Select({ label, labelPlace = "above", options, value, onChange, ...rest }: SelectProps) {
  const id = useId();
  return (
    <div className={styles.field} data-label={labelPlace}>
      <label htmlFor={id} className={clsx(labelPlace === "hidden" ? "visually-hidden" : styles.label)}>
        {label}
      </label>
      <div className={styles.box}>
        <select
          {...rest}
          id={id}
          className={styles.select}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {options.map((option) =>
            "heading" in option ? (
              <optgroup key={option.heading} label={option.heading}>
                {option.options.map(optionElement)}
              </optgroup>
            ) : (
              optionElement(option)
            ),
          )}
        </select>
        <ChevronDown size={14} aria-hidden />
      </div>
    </div>
  );
}

function optionElement({ value, label }: SelectOption) {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
}
