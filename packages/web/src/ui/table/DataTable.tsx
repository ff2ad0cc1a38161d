// biome-ignore-all lint/a11y/useSemanticElements: rows and cells that lie on one another are boxes, no <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names its active cell
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  Fragment,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { cellId } from "./cell-id.ts";
import { columnAt } from "./column-at.ts";
import { columnsInSight } from "./columns-in-sight.ts";
import styles from "./DataTable.module.css";
import { moveInGrid } from "./grid-moves.ts";
import { HeaderCell } from "./HeaderCell.tsx";
import { rowOfEvent, TableRow } from "./TableRow.tsx";
import {
  type GridPlace,
  MAX_COLUMN_WIDTH,
  MIN_COLUMN_WIDTH,
  type SortKey,
  type TableColumn,
  type TableTexts,
} from "./table-types.ts";
import { useColumnLayout } from "./use-column-layout.ts";
import { useRowHeight } from "./use-row-height.ts";

export interface DataTableHandle {
  /** Makes a cell the active one and scrolls it into sight. */
  go(place: GridPlace): void;
  focus(): void;
}

export interface DataTableProps<R> {
  /** The table's name. */
  readonly label: string;
  readonly texts: TableTexts;
  /** In the order they are shown, pinned ones first. A new array draws every row anew: keep it while nothing changed. */
  readonly columns: readonly TableColumn<R>[];
  /** How many rows there are in all. */
  readonly count: number;
  /** undefined while the row is on its way. */
  readonly rowAt: (index: number) => R | undefined;
  /** Which rows of how many are in sight, `to` exclusive: what `rowAt` should know soon. */
  readonly onRange?: ((from: number, to: number, count: number) => void) | undefined;
  /** What fills a row instead of cells. */
  readonly spanOf?: ((row: R, index: number) => ReactNode) | undefined;
  readonly order?: readonly SortKey[] | undefined;
  /** `isAdded`: the columns that sort already stay (Shift was held). */
  readonly onSort?: ((key: string, isAdded: boolean) => void) | undefined;
  readonly onResize?: ((key: string, width: number) => void) | undefined;
  /** Puts the column before another, or at the end. */
  readonly onMove?: ((key: string, before: string | undefined) => void) | undefined;
  readonly isSelected?: ((row: R) => boolean) | undefined;
  readonly isHighlighted?: ((row: R) => boolean) | undefined;
  readonly onHover?: ((row: R | undefined) => void) | undefined;
  /** A press on a row, outside of links, buttons and boxes in it. */
  readonly onPress?: ((row: R, index: number, event: MouseEvent) => void) | undefined;
  /** Enter, or two presses. */
  readonly onOpen?: ((row: R, index: number) => void) | undefined;
  /** Keys in the grid that move nothing, with the active row. Call `preventDefault` for what was understood. */
  readonly onRowKey?: ((event: KeyboardEvent, row: R | undefined, index: number) => void) | undefined;
  readonly onActive?: ((place: GridPlace) => void) | undefined;
  /** In px, kept free behind the last row, for what lies over it. */
  readonly endSpace?: number | undefined;
  /** Shown in the body while there are no rows. */
  readonly empty?: ReactNode;
  readonly ref?: Ref<DataTableHandle> | undefined;
}

const ACTS = "a, button, input, select, textarea, label, [role=menuitem]";
const RESIZE_STEP = 16;

/**
 * A grid of any number of rows and columns, of which only those in sight exist. It is one stop of the Tab key; inside, arrows,
 * Home, End and Page keys move the active cell. In the header Enter sorts (Shift adds), Shift + arrow resizes, Ctrl + Shift +
 * arrow moves the column, and Alt + ↓ opens its menu.
 */
export function DataTable<R>(props: DataTableProps<R>) {
  const { label, texts, columns, count, rowAt, order = [], empty } = props;
  const table = useId();
  const box = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight(box);
  const layout = useColumnLayout(columns);
  const [active, setActive] = useState<GridPlace>({ row: 0, column: 0 });
  const [drop, setDrop] = useState<{ key: string; before: string | undefined; x: number } | undefined>();
  const place = { row: Math.min(active.row, count - 1), column: Math.min(active.column, columns.length - 1) };

  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 4,
    scrollPaddingStart: rowHeight,
    // What lies between two frames is covered by the overscan, and the frame is not kept waiting.
    useFlushSync: false,
    paddingEnd: props.endSpace ?? 0,
  });
  const [sight, setSight] = useState({ from: 0, width: window.innerWidth });
  useLayoutEffect(() => {
    void rowHeight;
    rows.measure();
  }, [rowHeight, rows]);

  const shown = rows.getVirtualItems();
  const from = shown[0]?.index ?? 0;
  const to = (shown.at(-1)?.index ?? -1) + 1;
  const tellRange = useEffectEvent(() => props.onRange?.(from, to, count));
  useEffect(() => {
    void [from, to, count];
    tellRange();
  }, [from, to, count]);

  const [firstColumn, lastColumn] = columnsInSight(layout.others, sight.from, sight.width - layout.pinnedWidth);
  const others = useStable(layout.others, firstColumn, lastColumn);
  /** Only when other columns come into sight is there something to draw. */
  const lookAcross = useSteady(() => {
    const { scrollLeft, clientWidth } = box.current ?? { scrollLeft: 0, clientWidth: 0 };
    const next = columnsInSight(layout.others, scrollLeft, clientWidth - layout.pinnedWidth);
    if (next[0] !== firstColumn || next[1] !== lastColumn) setSight({ from: scrollLeft, width: clientWidth });
    if (box.current !== null) box.current.toggleAttribute("data-scrolled", scrollLeft > 0);
  });
  useLayoutEffect(() => {
    void layout;
    lookAcross();
    if (box.current === null) return;
    const observer = new ResizeObserver(lookAcross);
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [layout, lookAcross]);

  const go = (next: GridPlace) => {
    setActive(next);
    props.onActive?.(next);
    if (next.row >= 0) rows.scrollToIndex(next.row, { align: "auto" });
    showColumn(next.column);
  };
  const showColumn = (index: number) => {
    const at = layout.others[index - layout.pinned.length];
    const { current } = box;
    if (at === undefined || current === null) return;
    const room = current.clientWidth - layout.pinnedWidth;
    if (at.start < current.scrollLeft) current.scrollLeft = at.start;
    else if (at.start + at.width > current.scrollLeft + room) current.scrollLeft = at.start + at.width - room;
  };
  useImperativeHandle(props.ref, () => ({ go, focus: () => box.current?.focus() }));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !(event.target as Element).matches(`[role=grid], [role=grid] *`)) return;
    const isField = (event.target as Element).matches("input:not([type=checkbox]), textarea, [role=menu] *");
    if (isField) return;
    const column = [...layout.pinned, ...layout.others][place.column]?.column;
    if (place.row === -1 && column !== undefined && onHeaderKey(event, column)) return event.preventDefault();
    const next = event.shiftKey || event.altKey ? undefined : moveInGrid(place, event, gridSize());
    if (next !== undefined) {
      event.preventDefault();
      return go(next);
    }
    const row = place.row < 0 ? undefined : rowAt(place.row);
    if (event.key === "Enter" && row !== undefined && event.target === box.current) {
      event.preventDefault();
      return props.onOpen?.(row, place.row);
    }
    props.onRowKey?.(event, row, place.row);
  };

  const gridSize = () => ({
    rows: count,
    columns: columns.length,
    page: Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 2),
  });

  /** @returns whether it was a key of the header. */
  const onHeaderKey = (event: KeyboardEvent, column: TableColumn<R>): boolean => {
    const side = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (event.key === "Enter" && column.isSortable) {
      props.onSort?.(column.key, event.shiftKey);
      return true;
    }
    if (event.key === "ArrowDown" && event.altKey) {
      box.current?.querySelector<HTMLElement>(`[data-column-menu="${CSS.escape(column.key)}"]`)?.click();
      return true;
    }
    if (side === 0 || !event.shiftKey || column.isFixed) return false;
    if (!(event.ctrlKey || event.metaKey)) {
      resize(column.key, column.width + side * RESIZE_STEP);
      return true;
    }
    const index = columns.indexOf(column);
    const before = side < 0 ? columns[index - 1] : columns[index + 2];
    if (side > 0 ? index < columns.length - 1 : before !== undefined && !before.isFixed) {
      props.onMove?.(column.key, before?.key);
      go({ row: -1, column: index + side });
    }
    return true;
  };

  const resize = useSteady((key: string, width: number) =>
    props.onResize?.(key, Math.round(Math.max(MIN_COLUMN_WIDTH, Math.min(MAX_COLUMN_WIDTH, width)))),
  );
  const sort = useSteady((key: string, isAdded: boolean) => props.onSort?.(key, isAdded));
  const drag = useSteady((key: string, x: number | undefined, isDone: boolean) => {
    const target = x === undefined || box.current === null ? undefined : columnAt(layout, x, box.current);
    setDrop(isDone || target === undefined ? undefined : { key, ...target });
    if (isDone && target !== undefined && target.before !== key) props.onMove?.(key, target.before);
  });

  const activeId = count === 0 && place.row >= 0 ? undefined : cellId(table, place.row, spanned() ? 0 : place.column);
  function spanned(): boolean {
    const row = place.row < 0 ? undefined : rowAt(place.row);
    return row !== undefined && props.spanOf?.(row, place.row) !== undefined;
  }
  // Rows that scroll out of sight become those that scroll in: as many elements as were ever needed, used again and again.
  const pool = useRef(1);
  pool.current = Math.max(pool.current, to - from);
  const slotOf = (index: number) => index % pool.current;
  const first = Math.max(0, Math.min(from, count - pool.current));
  const placed = Array.from({ length: Math.min(pool.current, count) }, (_, at) => first + at);
  // An element that moves in the document is styled anew with all that is in it. So while rows fly by each stays where it is,
  // and is only painted elsewhere; once they rest, they stand in the order in which they are read.
  if (rows.isScrolling) placed.sort((one, other) => slotOf(one) - slotOf(other));

  // The active row exists even when it is out of sight, because the grid names it.
  const drawn = place.row >= 0 && (place.row < first || place.row >= first + placed.length) ? [place.row] : [];

  const row = (index: number) => {
    const value = rowAt(index);
    return (
      <TableRow
        key={slotOf(index)}
        table={table}
        index={index}
        top={index * rowHeight}
        row={value}
        pinned={layout.pinned}
        others={others}
        width={Math.max(layout.width, 1)}
        isSelected={value === undefined ? undefined : props.isSelected?.(value)}
        isHighlighted={value !== undefined && props.isHighlighted?.(value) === true}
        activeColumn={index === place.row ? place.column : -1}
        span={value === undefined ? undefined : props.spanOf?.(value, index)}
      />
    );
  };
  const pressedRow = (event: MouseEvent) => {
    const index = rowOfEvent(event);
    const value = index === undefined ? undefined : rowAt(index);
    return index === undefined || value === undefined ? undefined : { index, value };
  };
  const columnOf = (event: MouseEvent) =>
    Number((event.target as Element).closest("[aria-colindex]")?.getAttribute("aria-colindex") ?? 1) - 1;

  return (
    <div
      ref={box}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-multiselectable={props.isSelected === undefined ? undefined : true}
      aria-activedescendant={activeId}
      className={styles.table}
      onKeyDown={onKeyDown}
      onScroll={lookAcross}
      onPointerOver={(event) => props.onHover?.(pressedRow(event)?.value)}
      onPointerLeave={() => props.onHover?.(undefined)}
      onClick={(event) => {
        const pressed = pressedRow(event);
        if (pressed === undefined) return;
        const next = { row: pressed.index, column: columnOf(event) };
        setActive(next);
        props.onActive?.(next);
        if ((event.target as Element).closest(ACTS) === null) props.onPress?.(pressed.value, pressed.index, event);
      }}
      onDoubleClick={(event) => {
        const pressed = pressedRow(event);
        if (pressed === undefined || (event.target as Element).closest(ACTS) !== null) return;
        props.onOpen?.(pressed.value, pressed.index);
      }}
    >
      <div role="rowgroup" className={styles.header} style={{ width: layout.width, minWidth: "100%" }}>
        <div role="row" aria-rowindex={1} style={{ display: "flex", background: "inherit" }}>
          {layout.pinned.map((each) => header(each, true))}
          {(others[0]?.start ?? 0) > 0 && <span className={styles.gap} style={{ width: others[0]?.start }} />}
          {others.map((each) => header(each, false))}
        </div>
      </div>
      <div
        role="rowgroup"
        className={styles.body}
        style={{ height: rows.getTotalSize(), width: layout.width, minWidth: "100%" }}
      >
        {drawn.map((index) => (
          <Fragment key="active">{row(index)}</Fragment>
        ))}
        {placed.map(row)}
      </div>
      {count === 0 && empty}
      {drop !== undefined && <span className={styles.drop} style={{ left: drop.x }} />}
    </div>
  );

  function header(each: (typeof layout.pinned)[number], isPinned: boolean) {
    const rank = order.findIndex(({ key }) => key === each.column.key);
    const part = order[rank];
    return (
      <HeaderCell
        key={each.column.key}
        table={table}
        place={each}
        isPinned={isPinned}
        isLast={isPinned && each.index === layout.pinned.length - 1}
        isActive={place.row === -1 && place.column === each.index}
        sort={part && (part.descending ? "descending" : "ascending")}
        rank={order.length > 1 && part !== undefined ? rank + 1 : undefined}
        texts={texts}
        onSort={sort}
        onResize={resize}
        onDrag={drag}
      />
    );
  }
}

/** One function for as long as the table is shown, which does what the newest one does: headers compare it by identity. */
function useSteady<A extends readonly unknown[]>(run: (...args: A) => void): (...args: A) => void {
  const newest = useRef(run);
  useLayoutEffect(() => {
    newest.current = run;
  });
  return useCallback((...args: A) => newest.current(...args), []);
}

/** The same array as long as it says the same: rows compare it by identity. */
function useStable<T>(all: readonly T[], from: number, to: number): readonly T[] {
  const last = useRef<{ all: readonly T[]; from: number; to: number; part: readonly T[] } | undefined>(undefined);
  const known = last.current;
  if (known !== undefined && known.all === all && known.from === from && known.to === to) return known.part;
  last.current = { all, from, to, part: all.slice(from, to) };
  return last.current.part;
}
