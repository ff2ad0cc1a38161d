import type { Run } from "@cairn/core";
import { useNavigate } from "@tanstack/react-router";
import { type MouseEvent, type ReactNode, type Ref, useMemo } from "react";
import { useTexts } from "../../lib/texts.ts";
import type { RunRef } from "../../parts/runs/run-actions.ts";
import { styleOfRun } from "../../parts/runs/run-style.ts";
import { DataTable, type DataTableHandle } from "../../ui/table/DataTable.tsx";
import type { GridPlace, SortKey, TableColumn, TableTexts } from "../../ui/table/table-types.ts";
import { GroupRow } from "./GroupRow.tsx";
import { LeadCell } from "./LeadCell.tsx";
import { type PointedRun, usePointedRun } from "./pointed-run.ts";
import { experimentTexts } from "./texts.ts";
import { type GroupHead, isHead, type Row, type Rows } from "./use-rows.ts";
import type { Selection } from "./use-selection.ts";

export interface RunsTableProps {
  readonly rows: Rows;
  readonly columns: readonly TableColumn<Run>[];
  readonly order: readonly SortKey[];
  readonly selection: Selection;
  readonly isShown: (id: string) => boolean;
  readonly onSelect: (run: RunRef, index: number, isRange: boolean) => void;
  readonly onToggle: (group: GroupHead) => void;
  readonly onEye: (run: RunRef, isOnly: boolean) => void;
  readonly onSort: (key: string, isAdded: boolean) => void;
  readonly onResize: (key: string, width: number) => void;
  readonly onMove: (key: string, before: string | undefined) => void;
  readonly onHover: (id: string | undefined) => void;
  readonly onActive: (place: GridPlace) => void;
  /** The run that a chart points at. */
  readonly pointed: PointedRun;
  /** The head of the first column: the box for all, and which runs the charts show. */
  readonly leadHeader: ReactNode;
  /** What the rows are grouped by. */
  readonly groupTitle: string;
  readonly empty: ReactNode;
  readonly endSpace: number;
  readonly ref: Ref<DataTableHandle>;
}

const LEAD_WIDTH = 88;

/** The runs, each with its box and its eye. */
export function RunsTable(props: RunsTableProps) {
  const { rows, columns, selection, isShown, onEye, leadHeader } = props;
  const t = useTexts(experimentTexts);
  const navigate = useNavigate();
  const texts: TableTexts = useMemo(() => ({ resize: t.resize, menu: t.columnMenu, loading: t.loading }), [t]);
  const pointed = usePointedRun(props.pointed);
  const selectTo = props.onSelect;
  const all = useMemo((): TableColumn<Row>[] => {
    const lead: TableColumn<Run> = {
      key: " ",
      title: t.runsTable,
      header: leadHeader,
      width: LEAD_WIDTH,
      isPinned: true,
      isFixed: true,
      cell: (run, index) => (
        <LeadCell
          isSelected={selection.has(run.id)}
          isShown={isShown(run.id)}
          style={styleOfRun(run.id)}
          selectLabel={t.select(run.name)}
          eyeLabel={t.eye(run.name)}
          onSelect={(isRange) => selectTo(run, index, isRange)}
          onEye={(isOnly) => onEye(run, isOnly)}
        />
      ),
    };
    // Heads fill their row and have no cells.
    return [lead, ...columns] as unknown as TableColumn<Row>[];
  }, [columns, leadHeader, selection, isShown, onEye, selectTo, t]);
  const open = (row: Row) =>
    isHead(row) ? props.onToggle(row) : void navigate({ to: "/runs/$run", params: { run: row.id } });
  const spanOf = (row: Row) =>
    isHead(row) ? <GroupRow head={row} by={props.groupTitle} onToggle={props.onToggle} /> : undefined;
  return (
    <DataTable
      ref={props.ref}
      label={t.runsTable}
      texts={texts}
      columns={all}
      count={rows.count}
      rowAt={rows.rowAt}
      onRange={rows.onRange}
      order={props.order}
      onSort={props.onSort}
      onResize={props.onResize}
      onMove={props.onMove}
      spanOf={spanOf}
      isSelected={(row) => !isHead(row) && selection.has(row.id)}
      isHighlighted={(row) => !isHead(row) && row.id === pointed}
      onHover={(row) => props.onHover(row === undefined || isHead(row) ? undefined : row.id)}
      onActive={props.onActive}
      onOpen={open}
      onPress={(row, index, event: MouseEvent) => {
        if (isHead(row)) props.onToggle(row);
        else if (event.shiftKey) selectTo(row, index, true);
        else if (event.ctrlKey || event.metaKey) selectTo(row, index, false);
      }}
      onRowKey={(event, row, index) => {
        if (row === undefined || event.key !== " " || event.ctrlKey) return;
        event.preventDefault();
        if (isHead(row)) props.onToggle(row);
        else selectTo(row, index, event.shiftKey);
      }}
      endSpace={props.endSpace}
      empty={props.empty}
    />
  );
}
