// biome-ignore-all lint/a11y/useSemanticElements: rows and cells that lie on one another are boxes, no <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names its active cell
import { clsx } from "clsx";
import { ArrowDown, ArrowUp, ChevronDown } from "lucide-react";
import { type CSSProperties, memo, type PointerEvent, useRef, useState } from "react";
import { Menu } from "../Menu.tsx";
import { cellId } from "./cell-id.ts";
import styles from "./DataTable.module.css";
import type { TableTexts } from "./table-types.ts";
import type { ColumnPlace } from "./use-column-layout.ts";

export interface HeaderCellProps<R> {
  readonly table: string;
  readonly place: ColumnPlace<R>;
  readonly isPinned: boolean;
  /** The last of the pinned ones: the others slide under its edge. */
  readonly isLast: boolean;
  readonly isActive: boolean;
  readonly sort: "ascending" | "descending" | undefined;
  /** Which key of the order it is, from 1, where there are several. */
  readonly rank: number | undefined;
  readonly texts: TableTexts;
  readonly onSort: (key: string, isAdded: boolean) => void;
  readonly onResize: (key: string, width: number) => void;
  readonly onDrag: (key: string, x: number | undefined, isDone: boolean) => void;
}

/** How far a pressed pointer moves until it drags the column instead of sorting by it. */
const DRAG_PX = 6;

/** A column's name: a press sorts, a drag moves it, its end resizes it, and the rest is in its menu. */
export const HeaderCell = memo(function HeaderCell<R>(props: HeaderCellProps<R>) {
  const { table, place, isPinned, isLast, isActive, sort, rank, texts, onSort, onResize, onDrag } = props;
  const { column, width, start, index } = place;
  const pressed = useRef<{ x: number; isDragging: boolean } | undefined>(undefined);
  const isSortable = column.isSortable === true;
  const press = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || column.isFixed) return;
      pressed.current = { x: event.clientX, isDragging: false };
    },
    onPointerMove: (event: PointerEvent) => {
      const state = pressed.current;
      if (state === undefined) return;
      if (!state.isDragging && Math.abs(event.clientX - state.x) > DRAG_PX) {
        state.isDragging = true;
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
      }
      if (state.isDragging) onDrag(column.key, event.clientX, false);
    },
    onPointerUp: (event: PointerEvent) => {
      const state = pressed.current;
      pressed.current = undefined;
      if (state === undefined) return;
      if (state.isDragging) onDrag(column.key, event.clientX, true);
      else if (isSortable) onSort(column.key, event.shiftKey);
    },
    onPointerCancel: () => {
      pressed.current = undefined;
      onDrag(column.key, undefined, true);
    },
  };
  const Arrow = sort === "descending" ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      id={cellId(table, -1, index)}
      aria-colindex={index + 1}
      aria-sort={sort}
      aria-label={column.header === undefined ? column.title : undefined}
      className={clsx(styles.head, isPinned && styles.pinned)}
      data-align={column.align}
      data-last={isLast || undefined}
      data-active={isActive || undefined}
      data-sortable={isSortable || undefined}
      style={isPinned ? ({ width, "--start": `${start}px` } as CSSProperties) : { width }}
    >
      {column.header ?? (
        <>
          <span className={styles.title} title={column.title} {...press}>
            {column.kind !== undefined && <span className={styles.kind}>{column.kind}</span>}
            <span className="ellipsis">{column.title}</span>
            {sort !== undefined && (
              <span className={styles.sort}>
                <Arrow size={13} aria-hidden />
                {rank}
              </span>
            )}
          </span>
          {column.menu !== undefined && <HeaderMenu {...{ table, place, texts }} entries={column.menu} />}
        </>
      )}
      {column.isFixed !== true && <ResizeHandle {...{ place, texts, onResize }} />}
    </div>
  );
}) as <R>(props: HeaderCellProps<R>) => React.ReactNode;

interface HeaderMenuProps<R> extends Pick<HeaderCellProps<R>, "table" | "place" | "texts"> {
  readonly entries: NonNullable<HeaderCellProps<R>["place"]["column"]["menu"]>;
}

function HeaderMenu<R>({ place, texts, entries }: HeaderMenuProps<R>) {
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          tabIndex={-1}
          className={styles.more}
          aria-label={texts.menu(place.column.title)}
          data-column-menu={place.column.key}
        >
          <ChevronDown size={14} aria-hidden />
        </button>
      }
      entries={entries()}
    />
  );
}

function ResizeHandle<R>({ place, texts, onResize }: Pick<HeaderCellProps<R>, "place" | "texts" | "onResize">) {
  const { column, width } = place;
  const from = useRef<{ x: number; width: number } | undefined>(undefined);
  const [isResizing, setResizing] = useState(false);
  const move = (event: PointerEvent) => {
    if (from.current !== undefined) onResize(column.key, from.current.width + event.clientX - from.current.x);
  };
  return (
    <span
      aria-hidden
      title={texts.resize(column.title)}
      className={styles.resize}
      data-resizing={isResizing || undefined}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width };
        setResizing(true);
      }}
      onPointerMove={move}
      onPointerUp={(event) => {
        move(event);
        from.current = undefined;
        setResizing(false);
      }}
    />
  );
}
