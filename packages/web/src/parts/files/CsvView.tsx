import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useMemo, useRef } from "react";
import { formatCount } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import { ScrollBox } from "../../ui/ScrollBox.tsx";
import styles from "./FilePreview.module.css";
import { delimiterOf, isNumberColumn, parseCsv } from "./parse-csv.ts";
import { fileTexts } from "./texts.ts";

/** So much of a table is shown; the whole is a download. */
const MAX_ROWS = 1000;
const MAX_COLUMNS = 200;
const ROW_PX = 28;

export interface CsvViewProps {
  readonly text: string;
  readonly label: string;
  /** The text is the beginning of a longer one, so its last row may be half. */
  readonly isCut: boolean;
  readonly cutNotice: ReactNode;
}

/** Comma-separated (or tab-, semicolon-) values as a table. */
export function CsvView({ text, label, isCut, cutNotice }: CsvViewProps) {
  const t = useTexts(fileTexts);
  const box = useRef<HTMLDivElement>(null);
  const table = useMemo(() => readTable(text, isCut), [text, isCut]);
  const { head, rows, isRowsCut, columns, allColumns } = table;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <>
      {cutNotice}
      <ScrollBox label={label} className={styles.grid} ref={box}>
        <table aria-label={label} aria-rowcount={rows.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              <th className={styles.number} aria-label="#" />
              {columns.map(({ index, isNumber }) => (
                <th key={index} scope="col" data-align={isNumber ? "end" : undefined}>
                  {head[index]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr style={{ height: before }} aria-hidden />}
            {items.map(({ index: row }) => (
              <tr key={row} aria-rowindex={row + 2} style={{ height: ROW_PX }}>
                <td className={styles.number}>{row + 1}</td>
                {columns.map(({ index, isNumber }) => (
                  <td key={index} data-align={isNumber ? "end" : undefined} title={rows[row]?.[index]}>
                    {rows[row]?.[index]}
                  </td>
                ))}
              </tr>
            ))}
            {after > 0 && <tr style={{ height: after }} aria-hidden />}
          </tbody>
        </table>
      </ScrollBox>
      <p className={styles.note}>
        {isRowsCut ? t.cutRows(formatCount(rows.length)) : t.rowsOf(formatCount(rows.length))}
        {allColumns > columns.length && ` ${t.cutColumns(formatCount(columns.length), formatCount(allColumns))}`}
      </p>
    </>
  );
}

function readTable(text: string, isCut: boolean) {
  const { rows: all, isCut: hasMore } = parseCsv(text, delimiterOf(text), MAX_ROWS);
  const [head = [], ...body] = all;
  const rows = isCut && !hasMore ? body.slice(0, -1) : body;
  const allColumns = rows.reduce((most, { length }) => Math.max(most, length), head.length);
  const columns = Array.from({ length: Math.min(allColumns, MAX_COLUMNS) }, (_, index) => ({
    index,
    isNumber: isNumberColumn(rows, index),
  }));
  return { head, rows, isRowsCut: hasMore || isCut, columns, allColumns };
}
