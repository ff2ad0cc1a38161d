import {
  type ColumnDef,
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";
import { MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH, type TableColumn } from "./table-types.ts";

const features = tableFeatures({ columnOrderingFeature, columnPinningFeature, columnSizingFeature });
const NO_ROWS: readonly never[] = [];

export interface ColumnPlace<R> {
  readonly column: TableColumn<R>;
  /** Among all columns, from 0. */
  readonly index: number;
  /** In px, from the start of the pinned columns, or of the others. */
  readonly start: number;
  readonly width: number;
}

export interface ColumnLayout<R> {
  readonly pinned: readonly ColumnPlace<R>[];
  readonly others: readonly ColumnPlace<R>[];
  readonly pinnedWidth: number;
  readonly width: number;
}

/** Where each column lies. Rows are none of TanStack Table's business here: they come by windows, sorted by the server. */
export function useColumnLayout<R>(columns: readonly TableColumn<R>[]): ColumnLayout<R> {
  const definitions = useMemo(
    () =>
      columns.map(
        ({ key }): ColumnDef<typeof features, object> => ({
          id: key,
          minSize: MIN_COLUMN_WIDTH,
          maxSize: MAX_COLUMN_WIDTH,
        }),
      ),
    [columns],
  );
  const state = useMemo(
    () => ({
      columnOrder: columns.map(({ key }) => key),
      columnPinning: { start: columns.filter(({ isPinned }) => isPinned).map(({ key }) => key), end: [] },
      columnSizing: Object.fromEntries(columns.map(({ key, width }) => [key, width])),
    }),
    [columns],
  );
  const table = useTable({ features, columns: definitions, data: NO_ROWS, state });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the table is a new face of the same state in every render
  return useMemo(() => {
    const byKey = new Map(columns.map((column) => [column.key, column]));
    let index = 0;
    const place = (leaf: { id: string; getSize(): number }, start: number): ColumnPlace<R>[] => {
      const column = byKey.get(leaf.id);
      return column === undefined ? [] : [{ column, index: index++, start, width: leaf.getSize() }];
    };
    const pinned = table.getStartLeafColumns().flatMap((leaf) => place(leaf, leaf.getStart("start")));
    const others = table.getCenterLeafColumns().flatMap((leaf) => place(leaf, leaf.getStart("center")));
    return { pinned, others, pinnedWidth: table.getStartTotalSize(), width: table.getTotalSize() };
  }, [columns]);
}
