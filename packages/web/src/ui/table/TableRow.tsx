// biome-ignore-all lint/a11y/useSemanticElements: rows and cells that lie on one another are boxes, no <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names its active cell
import { clsx } from "clsx";
import { type CSSProperties, memo, type PointerEvent, type ReactNode } from "react";
import { cellId } from "./cell-id.ts";
import styles from "./DataTable.module.css";
import type { ColumnPlace } from "./use-column-layout.ts";

export interface TableRowProps<R> {
  readonly table: string;
  readonly index: number;
  /** In px from the top of the body. */
  readonly top: number;
  readonly row: R | undefined;
  readonly pinned: readonly ColumnPlace<R>[];
  /** Those of the other columns that are in sight. */
  readonly others: readonly ColumnPlace<R>[];
  readonly width: number;
  readonly isSelected: boolean | undefined;
  readonly isHighlighted: boolean;
  /** The column of the grid's active cell, if it is in this row; else -1. */
  readonly activeColumn: number;
  /** Fills the row instead of cells: the head of a group. */
  readonly span: ReactNode;
}

/** A row. It is drawn anew only when something of it changed: scrolling draws nothing twice. */
export const TableRow = memo(function TableRow<R>(props: TableRowProps<R>) {
  const { table, index, top, row, pinned, others, width, isSelected, isHighlighted, activeColumn, span } = props;
  const first = others[0]?.start ?? 0;
  return (
    <div
      role="row"
      className={styles.row}
      data-row={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-highlighted={isHighlighted || undefined}
      data-active={activeColumn >= 0 || undefined}
      style={{ width, top }}
    >
      {span === undefined ? (
        <>
          {pinned.map((place, at) => (
            <Cell
              key={place.column.key}
              {...{ table, index, row, place, activeColumn }}
              isPinned
              isLast={at === pinned.length - 1}
            />
          ))}
          {first > 0 && <span className={styles.gap} style={{ width: first }} />}
          {others.map((place) => (
            <Cell key={place.column.key} {...{ table, index, row, place, activeColumn }} />
          ))}
        </>
      ) : (
        <div
          role="gridcell"
          id={activeColumn >= 0 ? cellId(table, index, 0) : undefined}
          aria-colindex={1}
          aria-colspan={pinned.length + others.length}
          className={styles.span}
          data-active={activeColumn >= 0 || undefined}
        >
          {span}
        </div>
      )}
    </div>
  );
}) as <R>(props: TableRowProps<R>) => ReactNode;

interface CellProps<R> {
  readonly table: string;
  readonly index: number;
  readonly row: R | undefined;
  readonly place: ColumnPlace<R>;
  readonly activeColumn: number;
  readonly isPinned?: boolean;
  readonly isLast?: boolean;
}

function Cell<R>({ table, index, row, place, activeColumn, isPinned = false, isLast = false }: CellProps<R>) {
  const { column, width, start } = place;
  return (
    <div
      role="gridcell"
      id={activeColumn === place.index ? cellId(table, index, place.index) : undefined}
      aria-colindex={place.index + 1}
      className={clsx(styles.cell, isPinned && styles.pinned)}
      data-align={column.align}
      data-coming={(row === undefined && column.isFixed !== true) || undefined}
      data-last={isLast || undefined}
      data-active={activeColumn === place.index || undefined}
      style={isPinned ? ({ width, "--start": `${start}px` } as CSSProperties) : { width }}
    >
      {row !== undefined && column.cell(row, index)}
    </div>
  );
}

/** Which row and whether a press was on something that acts by itself. */
export function rowOfEvent(event: PointerEvent | React.MouseEvent): number | undefined {
  const target = event.target as Element;
  const row = target.closest<HTMLElement>("[data-row]")?.dataset["row"];
  return row === undefined ? undefined : Number(row);
}
