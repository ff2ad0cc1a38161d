import type { Run, TableColumns } from "@cairn/core";
import { ArrowDown, ArrowUp, EyeOff, Group, ListFilter, MoveLeft, MoveRight, Pin, PinOff } from "lucide-react";
import { useMemo } from "react";
import { useTexts } from "../../lib/texts.ts";
import { moveColumn, type ShownColumn, sortPinned } from "../../parts/runs/columns/column-list.ts";
import { columnKind, columnTitle, isNumeric, usualWidth } from "../../parts/runs/columns/column-look.ts";
import { RunCell } from "../../parts/runs/columns/RunCell.tsx";
import { columnText, fieldTextOf, type RunColumn, type ShownStat } from "../../parts/runs/columns/run-column.ts";
import { columnTexts } from "../../parts/runs/columns/texts.ts";
import type { MenuEntry } from "../../ui/Menu.tsx";
import { nextOrder } from "../../ui/table/sort-keys.ts";
import type { SortKey, TableColumn } from "../../ui/table/table-types.ts";
import { experimentTexts } from "./texts.ts";

export interface ColumnDeps {
  readonly columns: readonly ShownColumn[];
  /** What the runs have. */
  readonly known: TableColumns | undefined;
  /** There is no room for pinned columns: they scroll with the others. */
  readonly isNarrow: boolean;
  readonly order: readonly SortKey[];
  readonly onColumns: (columns: readonly ShownColumn[]) => void;
  readonly onOrder: (order: readonly SortKey[]) => void;
  readonly onGroup: (column: RunColumn) => void;
  readonly onFilter: (field: string) => void;
}

const ICON = 14;
const stats: readonly ShownStat[] = ["latest", "min", "max", "best"];

/** Times and metrics whose name says so are looked at from the large end. */
export function startsDescending(column: RunColumn): boolean {
  return column.kind === "attribute" && ["created", "started", "ended", "heartbeat", "duration"].includes(column.name);
}

/** The columns of runs as the table wants them, each with its menu. */
export function useTableColumns(deps: ColumnDeps): readonly TableColumn<Run>[] {
  const { columns, known, isNarrow, order, onColumns, onOrder, onGroup, onFilter } = deps;
  const t = useTexts(experimentTexts);
  const names = useTexts(columnTexts);
  return useMemo(() => {
    const menuOf = (shown: ShownColumn) => (): MenuEntry[] => {
      const { column } = shown;
      const key = columnText(column);
      const field = fieldTextOf(column);
      const index = columns.indexOf(shown);
      const isSorted = order.some((one) => one.key === key);
      const sort = (descending: boolean): void => onOrder([{ key, descending }]);
      const sorting: MenuEntry[] =
        field === undefined
          ? []
          : [
              { label: t.sortAscending, icon: <ArrowUp size={ICON} />, onSelect: () => sort(false) },
              { label: t.sortDescending, icon: <ArrowDown size={ICON} />, onSelect: () => sort(true) },
              ...(order.length > 0 && !isSorted
                ? [{ label: t.sortAlso, onSelect: () => onOrder(nextOrder(order, key, { isAdded: true })) }]
                : []),
              ...(isSorted
                ? [{ label: t.unsort, onSelect: () => onOrder(order.filter((one) => one.key !== key)) }]
                : []),
              "line" as const,
            ];
      const stat: MenuEntry[] =
        column.kind !== "metric"
          ? []
          : [
              { heading: t.statShown },
              ...stats.map((each) => ({
                label: names[each],
                isChecked: column.stat === each,
                onSelect: () =>
                  onColumns(
                    columns.map((one) => (one === shown ? { ...one, column: { ...column, stat: each } } : one)),
                  ),
              })),
              "line" as const,
            ];
      const before = columns[index - 1];
      const behind = columns[index + 2];
      return [
        ...sorting,
        ...stat,
        ...(column.kind === "label"
          ? [{ label: t.filterBy, icon: <ListFilter size={ICON} />, onSelect: () => onFilter("label") }]
          : []),
        ...(field === undefined
          ? []
          : [{ label: t.filterBy, icon: <ListFilter size={ICON} />, onSelect: () => onFilter(field) }]),
        ...(canGroup(column)
          ? [{ label: t.groupBy, icon: <Group size={ICON} />, onSelect: () => onGroup(column) }]
          : []),
        {
          label: shown.isPinned ? t.unpin : t.pin,
          icon: shown.isPinned ? <PinOff size={ICON} /> : <Pin size={ICON} />,
          onSelect: () =>
            onColumns(sortPinned(columns.map((one) => (one === shown ? { ...one, isPinned: !one.isPinned } : one)))),
        },
        {
          label: t.moveLeft,
          icon: <MoveLeft size={ICON} />,
          isDisabled: before === undefined,
          onSelect: () => before && onColumns(moveColumn(columns, key, columnText(before.column))),
        },
        {
          label: t.moveRight,
          icon: <MoveRight size={ICON} />,
          isDisabled: index === columns.length - 1,
          onSelect: () => onColumns(moveColumn(columns, key, behind && columnText(behind.column))),
        },
        {
          label: t.hide,
          icon: <EyeOff size={ICON} />,
          isDisabled: columns.length === 1,
          onSelect: () => onColumns(columns.filter((one) => one !== shown)),
        },
      ];
    };
    return columns.map((shown): TableColumn<Run> => {
      const { column } = shown;
      return {
        key: columnText(column),
        title: columnTitle(column, names),
        kind: columnKind(column, names),
        width: shown.width ?? usualWidth(column),
        align: isNumeric(column, known) ? "end" : "start",
        isPinned: shown.isPinned && !isNarrow,
        isSortable: fieldTextOf(column) !== undefined,
        cell: (run) => <RunCell run={run} column={column} />,
        menu: menuOf(shown),
      };
    });
  }, [columns, known, isNarrow, order, onColumns, onOrder, onGroup, onFilter, t, names]);
}

/** Groups go by what has few values: parameters, tags, labels, and a few of the run's own fields. */
export function canGroup(column: RunColumn): boolean {
  if (column.kind === "attribute")
    return column.name === "state" || column.name === "author" || column.name === "experiment";
  return column.kind === "parameter" || column.kind === "tag" || column.kind === "label";
}
