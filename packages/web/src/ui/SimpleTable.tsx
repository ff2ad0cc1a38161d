import { clsx } from "clsx";
import type { ReactNode } from "react";
import { ScrollBox } from "./ScrollBox.tsx";
import styles from "./SimpleTable.module.css";

export interface SimpleColumn<R> {
  readonly key: string;
  readonly label: ReactNode;
  readonly cell: (row: R) => ReactNode;
  /** `end` for numbers: they stand under each other. */
  readonly align?: "start" | "end" | undefined;
  /** Its cells name their rows. */
  readonly isRowHeader?: boolean | undefined;
  /** Left out on a phone. */
  readonly isMinor?: boolean | undefined;
  /** In CSS units; the others share what is left. */
  readonly width?: string | undefined;
}

export interface SimpleTableProps<R> {
  /** Read aloud before the table. */
  readonly label: string;
  readonly columns: readonly SimpleColumn<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string | number;
  /** The columns' labels are read aloud, but not shown. */
  readonly isHeadHidden?: boolean | undefined;
  readonly size?: "normal" | "small" | undefined;
}

/** A small table that does nothing but show. Where it is too wide it scrolls inside itself. */
export function SimpleTable<R>({
  label,
  columns,
  rows,
  keyOf,
  isHeadHidden = false,
  size = "normal",
}: SimpleTableProps<R>) {
  return (
    <ScrollBox label={label}>
      <table className={clsx(styles.table, styles[size])}>
        <caption className="visually-hidden">{label}</caption>
        <colgroup>
          {columns.map(({ key, width, isMinor }) => (
            <col key={key} style={{ width }} data-minor={isMinor} />
          ))}
        </colgroup>
        <thead className={isHeadHidden ? styles.hidden : undefined}>
          <tr>
            {columns.map(({ key, label: name, align, isMinor }) => (
              <th key={key} scope="col" data-align={align} data-minor={isMinor}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ key, cell, align, isRowHeader, isMinor }) =>
                isRowHeader ? (
                  <th key={key} scope="row" data-align={align}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={key} data-align={align} data-minor={isMinor}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
