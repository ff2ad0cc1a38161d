import type { Run, TableColumns } from "@cairn/core";
import { ArrowDown, ArrowUp, EyeOff } from "lucide-react";
import { useMemo } from "react";
import { useTexts } from "../../lib/texts.ts";
import type { ShownColumn } from "../../parts/runs/columns/column-list.ts";
import { columnKind, columnTitle, isNumeric, usualWidth } from "../../parts/runs/columns/column-look.ts";
import { RunCell } from "../../parts/runs/columns/RunCell.tsx";
import { columnText, fieldTextOf } from "../../parts/runs/columns/run-column.ts";
import { columnTexts } from "../../parts/runs/columns/texts.ts";
import type { MenuEntry } from "../../ui/Menu.tsx";
import type { SortKey, TableColumn } from "../../ui/table/table-types.ts";
import { ExperimentName } from "./ExperimentName.tsx";
import { trackerTexts } from "./texts.ts";

const ICON = 14;
/** In px: here it is shown by its name. */
const EXPERIMENT_WIDTH = 160;

/** The columns as the table wants them, each with its menu. */
export function useTableColumns(
  columns: readonly ShownColumn[],
  known: TableColumns | undefined,
  onColumns: (columns: readonly ShownColumn[]) => void,
  onOrder: (order: readonly SortKey[]) => void,
): readonly TableColumn<Run>[] {
  const t = useTexts(trackerTexts);
  const names = useTexts(columnTexts);
  return useMemo(
    () =>
      columns.map((shown): TableColumn<Run> => {
        const { column } = shown;
        const key = columnText(column);
        const isExperiment = key === "experiment";
        const isSortable = fieldTextOf(column) !== undefined;
        const sorting: readonly MenuEntry[] = isSortable
          ? [
              {
                label: t.sortAscending,
                icon: <ArrowUp size={ICON} />,
                onSelect: () => onOrder([{ key, descending: false }]),
              },
              {
                label: t.sortDescending,
                icon: <ArrowDown size={ICON} />,
                onSelect: () => onOrder([{ key, descending: true }]),
              },
              "line",
            ]
          : [];
        return {
          key,
          title: columnTitle(column, names),
          kind: columnKind(column, names),
          width: shown.width ?? (isExperiment ? EXPERIMENT_WIDTH : usualWidth(column)),
          align: isNumeric(column, known) && !isExperiment ? "end" : "start",
          isPinned: shown.isPinned,
          isSortable,
          cell: (run) =>
            isExperiment ? <ExperimentName id={run.experiment} /> : <RunCell run={run} column={column} />,
          menu: () => [
            ...sorting,
            {
              label: t.hide,
              icon: <EyeOff size={ICON} />,
              isDisabled: columns.length === 1,
              onSelect: () => onColumns(columns.filter((one) => one !== shown)),
            },
          ],
        };
      }),
    [columns, known, onColumns, onOrder, t, names],
  );
}
