import type { Json } from "@cairn/core";
import { useState } from "react";
import { formatValue } from "../../lib/format.ts";
import { formatChange } from "../../lib/format-change.ts";
import { useTexts } from "../../lib/texts.ts";
import { type ComparedValue, compareValues, relativeChange } from "../../parts/versions/compare-values.ts";
import { Field } from "../../ui/Field.tsx";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable.tsx";
import { modelTexts } from "./texts.ts";
import styles from "./ValuesTable.module.css";

export interface ValuesTableProps {
  readonly label: string;
  readonly values: Readonly<Record<string, Json>>;
  /** What they are held against; left out: nothing. */
  readonly baseline: Readonly<Record<string, Json>> | undefined;
  readonly baselineName: string | undefined;
  readonly empty: string;
}

const MANY = 12;

/** Keys and values, and how far each is from the baseline's. */
export function ValuesTable({ label, values, baseline, baselineName, empty }: ValuesTableProps) {
  const t = useTexts(modelTexts);
  const [text, setText] = useState("");
  const rows = compareValues(baseline ?? {}, values);
  if (rows.length === 0) return <p className={styles.none}>{empty}</p>;
  const shown = rows.filter(({ key }) => key.toLowerCase().includes(text.trim().toLowerCase()));
  const columns: SimpleColumn<ComparedValue>[] = [
    { key: "key", label: t.key, cell: ({ key }) => key, isRowHeader: true, width: "34%" },
    { key: "value", label: t.value, cell: ({ after }) => <Value value={after} />, align: "end", width: "24%" },
  ];
  if (baselineName !== undefined) {
    columns.push(
      {
        key: "baseline",
        label: baselineName,
        cell: ({ before }) => <Value value={before} isSoft />,
        align: "end",
        width: "22%",
      },
      { key: "change", label: t.change, cell: (row) => <Difference row={row} />, align: "end", width: "20%" },
    );
  }
  return (
    <>
      {rows.length > MANY && (
        <div className={styles.filter}>
          <Field
            label={t.filter}
            isLabelHidden
            placeholder={t.filter}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      )}
      <SimpleTable label={label} columns={columns} rows={shown} keyOf={({ key }) => key} />
    </>
  );
}

/** A value on one line; a long one is cut, and whole in its title. */
export function Value({ value, isSoft = false }: { readonly value: Json | undefined; readonly isSoft?: boolean }) {
  if (value === undefined) return <span className={styles.none}>–</span>;
  const text = formatValue(value);
  return (
    <span className={styles.value} data-soft={isSoft || undefined} title={text}>
      {text}
    </span>
  );
}

/** What became of it: a percentage where there is one, else a word. */
export function Difference({ row }: { readonly row: ComparedValue }) {
  const t = useTexts(modelTexts);
  const change = relativeChange(row.after, row.before);
  if (row.change === "same") return <span className={styles.none}>{t.same}</span>;
  return <span className={styles.change}>{change === undefined ? t[row.change] : formatChange(change)}</span>;
}
