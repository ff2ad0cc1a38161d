import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Suspense, useCallback, useMemo, useRef, useState } from "react";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { knownFields } from "../../parts/query/known-fields.ts";
import { findQueryProblem } from "../../parts/query/query-problem.ts";
import { ColumnChooser } from "../../parts/runs/columns/ColumnChooser.tsx";
import { moveColumn, type ShownColumn } from "../../parts/runs/columns/column-list.ts";
import { columnTitle } from "../../parts/runs/columns/column-look.ts";
import { defaultColumns } from "../../parts/runs/columns/default-columns.ts";
import { columnText, parseColumn, type RunColumn } from "../../parts/runs/columns/run-column.ts";
import { columnTexts } from "../../parts/runs/columns/texts.ts";
import type { RunRef } from "../../parts/runs/run-actions.ts";
import { runKeysQuery } from "../../parts/runs/use-run-keys.ts";
import type { RunList } from "../../parts/runs/use-run-windows.ts";
import { ViewsMenu } from "../../parts/views/ViewsMenu.tsx";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Split } from "../../ui/Split.tsx";
import type { DataTableHandle } from "../../ui/table/DataTable.tsx";
import { nextOrder } from "../../ui/table/sort-keys.ts";
import type { GridPlace, SortKey } from "../../ui/table/table-types.ts";
import { ChartsPane } from "./charts-door.ts";
import { EyesMenu } from "./EyesMenu.tsx";
import { GroupMenu } from "./GroupMenu.tsx";
import { markOf } from "./group-rows.ts";
import { createPointedRun } from "./pointed-run.ts";
import { RunDialogs } from "./RunDialogs.tsx";
import styles from "./RunsScreen.module.css";
import { RunsTable } from "./RunsTable.tsx";
import { SelectionBar } from "./SelectionBar.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { experimentTexts } from "./texts.ts";
import { useDeeds } from "./use-deeds.ts";
import { fieldsOf, type GroupHead, isHead, useRows } from "./use-rows.ts";
import { useRunKeys } from "./use-run-keys.ts";
import { useSelectRows } from "./use-select-rows.ts";
import { useSelection } from "./use-selection.ts";
import { startsDescending, useTableColumns } from "./use-table-columns.tsx";
import { useView } from "./use-view.ts";
import { useWidth } from "./use-width.ts";
import { filterOf, isShown, orderOf, type ShownRuns, sortKeysOf, type Tab, toggleOpened, toggleShown } from "./view.ts";

/** Below this width there is no room for table and charts side by side. */
const ROOM_FOR_BOTH = 900;
/** The bar over the table's last rows is so high; where it is narrow, it has two lines. */
const BAR_SPACE = 60;
const NARROW_BAR_SPACE = 104;
/** Below this width pinned columns would leave no room for others. */
const NARROW = 560;
const NO_COLUMNS: readonly ShownColumn[] = [];

export interface RunsScreenProps {
  readonly experiment: number;
  /** Its project, once it is known. */
  readonly project: string | undefined;
}

/** The runs of an experiment: the table, the charts, and what arranges them. All of it is in the address. */
export function RunsScreen({ experiment, project }: RunsScreenProps) {
  const t = useTexts(experimentTexts);
  const names = useTexts(columnTexts);
  const { view, change, search, replace } = useView();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const table = useRef<DataTableHandle>(null);
  /** Who points where: charts mark what the table points at, and the other way round. */
  const [inTable] = useState(createPointedRun);
  const [inCharts] = useState(createPointedRun);
  const [active, setActive] = useState<GridPlace>({ row: 0, column: 0 });
  const experiments = useMemo(() => [experiment], [experiment]);
  const keys = useQuery({ ...runKeysQuery(experiments), placeholderData: keepPreviousData });
  const usual = useMemo(() => (keys.data === undefined ? undefined : defaultColumns(keys.data)), [keys.data]);
  const columns = view.columns ?? usual ?? NO_COLUMNS;
  const selection = useSelection(view, change);

  const filter = filterOf(view);
  const fields = useMemo(() => fieldsOf(columns.map(({ column }) => column)), [columns]);
  const fieldsText = JSON.stringify(fields);
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal fields are the same list
  const list = useMemo(
    (): RunList => ({ experiments, filter, order: view.order, lifecycle: view.isTrash ? "deleted" : "active", fields }),
    [experiments, filter, view.order, view.isTrash, fieldsText],
  );
  const isReady = columns.length > 0;
  const problem = findQueryProblem(view.q)?.message;
  const shownColumns = useMemo(() => columns.map(({ column }) => column), [columns]);
  const isNarrow = width < NARROW;
  const rows = useRows({
    list,
    groupBy: view.group,
    opened: view.opened,
    columns: shownColumns,
    firstCount: view.shown.first,
    isReady: isReady && problem === undefined,
  });
  const order = useMemo(() => sortKeysOf(view.order, columns), [view.order, columns]);

  const setColumns = useCallback((next: readonly ShownColumn[]) => change({ columns: next }), [change]);
  const setOrder = useCallback(
    (next: readonly SortKey[]) => change({ order: orderOf(next, columns) }),
    [change, columns],
  );
  const setGroup = useCallback((group: RunColumn | undefined) => change({ group, opened: [] }), [change]);
  const toggleGroup = useCallback(
    ({ group }: GroupHead) => change({ opened: toggleOpened(view.opened, markOf(group.filter)) }),
    [change, view.opened],
  );
  const setShown = useCallback((shown: ShownRuns) => change({ shown }), [change]);
  const addFilter = useCallback(
    (field: string) => change({ q: `${view.q === "" ? "" : `${view.q} AND `}${field} ` }),
    [change, view.q],
  );
  const tableColumns = useTableColumns({
    columns,
    known: keys.data,
    isNarrow,
    order,
    onColumns: setColumns,
    onOrder: setOrder,
    onGroup: setGroup,
    onFilter: addFilter,
  });

  const firstIds = useMemo(() => new Set<string>(rows.first.map(({ id }) => id)), [rows.first]);
  const isRunShown = useCallback((id: string) => isShown(view.shown, id, firstIds.has(id)), [view.shown, firstIds]);
  const onEye = useCallback(
    ({ id }: RunRef, isOnly: boolean) =>
      setShown(isOnly ? { first: 0, hidden: [], more: [id] } : toggleShown(view.shown, id, firstIds.has(id))),
    [setShown, view.shown, firstIds],
  );
  const onSort = (key: string, isAdded: boolean) => {
    const column = parseColumn(key);
    setOrder(nextOrder(order, key, { isAdded, startsDescending: column !== undefined && startsDescending(column) }));
  };

  const tab: Tab = view.tab ?? (width >= ROOM_FOR_BOTH ? "both" : "table");
  const isFiltered = filter !== "";
  const selectedIds = useMemo(() => [...selection.runs.keys()], [selection]);
  const { select, selectAll } = useSelectRows(rows, list, view.group !== undefined, selection);
  const isAllSelected = rows.count > 0 && selection.runs.size >= rows.count;

  const leadHeader = useMemo(
    () => (
      <EyesMenu
        shown={view.shown}
        onShown={setShown}
        selected={selectedIds}
        isAllSelected={isAllSelected}
        isSomeSelected={selectedIds.length > 0}
        onSelectAll={isAllSelected ? selection.clear : selectAll}
      />
    ),
    [view.shown, setShown, selectedIds, isAllSelected, selection.clear, selectAll],
  );
  const activeRow = rows.rowAt(active.row);
  const activeRun = activeRow === undefined || isHead(activeRow) ? undefined : activeRow;
  const deeds = useDeeds(selection, activeRun);
  const [isChoosing, setChoosing] = useState(false);
  const go = (step: number) => {
    const row = Math.max(0, Math.min(rows.count - 1, active.row + step));
    table.current?.go({ row, column: active.column });
    table.current?.focus();
  };
  useRunKeys({
    t,
    isTrash: view.isTrash,
    deeds,
    go,
    select: () => activeRun && select(activeRun, active.row, false),
    eye: (isOnly) => activeRun && onEye(activeRun, isOnly),
    clear: selection.clear,
    hasSelection: selection.runs.size > 0,
    chooseColumns: () => setChoosing(true),
  });

  const tablePart = (
    <div className={styles.table}>
      {problem !== undefined ? (
        <EmptyState title={t.badQuery}>
          <p>{problem}</p>
          <Button onClick={() => change({ q: "" })}>{t.clearFilter}</Button>
        </EmptyState>
      ) : rows.error !== undefined && rows.count === 0 ? (
        <Problem title={t.loadFailed} detail={problemText(rows.error)} retryLabel={t.retry} onRetry={rows.retry} />
      ) : isReady && rows.total !== undefined ? (
        <RunsTable
          ref={table}
          rows={rows}
          columns={tableColumns}
          order={order}
          selection={selection}
          isShown={isRunShown}
          onSelect={select}
          onToggle={toggleGroup}
          onEye={onEye}
          onSort={onSort}
          onResize={(key, to) =>
            setColumns(columns.map((one) => (columnText(one.column) === key ? { ...one, width: to } : one)))
          }
          onMove={(key, before) => setColumns(moveColumn(columns, key, before))}
          onHover={inTable.set}
          onActive={setActive}
          pointed={inCharts}
          leadHeader={leadHeader}
          groupTitle={view.group === undefined ? "" : columnTitle(view.group, names)}
          endSpace={selection.runs.size > 0 ? (isNarrow ? NARROW_BAR_SPACE : BAR_SPACE) : 0}
          empty={
            isFiltered ? (
              <EmptyState title={t.noneFound}>
                <p>{t.noneFoundText}</p>
                <Button onClick={() => change({ q: "", name: "" })}>{t.clearFilter}</Button>
              </EmptyState>
            ) : (
              <EmptyState title={view.isTrash ? t.noTrash : t.noRuns}>
                {view.isTrash ? t.noTrashText : t.noRunsText}
              </EmptyState>
            )
          }
        />
      ) : (
        <TableSkeleton />
      )}
      {selection.runs.size > 0 && (
        <SelectionBar count={selection.runs.size} isTrash={view.isTrash} deeds={deeds} onClear={selection.clear} />
      )}
    </div>
  );
  const charts = (
    <Suspense fallback={<Skeleton height="252px" />}>
      <ChartsPane
        list={list}
        shown={view.shown}
        isReady={problem === undefined}
        isEmpty={rows.total === 0}
        pointed={inTable}
        onPoint={inCharts.set}
      />
    </Suspense>
  );

  return (
    <div ref={box} className={styles.screen}>
      <Toolbar view={view} change={change} tab={tab} fields={knownFields(keys.data)} count={rows.total}>
        <ViewsMenu screen="experiment" project={project} experiment={experiment} search={search} onSearch={replace} />
        <GroupMenu group={view.group} columns={shownColumns} onGroup={setGroup} />
        <ColumnChooser
          known={keys.data}
          columns={columns}
          onColumns={(next) => change({ columns: next })}
          isOpen={isChoosing}
          onOpen={setChoosing}
        />
      </Toolbar>
      <RunDialogs deeds={deeds} onPurged={selection.clear} />
      <div className={styles.parts}>
        {tab === "table" && tablePart}
        {tab === "charts" && charts}
        {tab === "both" && (
          <Split
            label={t.divider}
            percent={view.split}
            onPercent={(split) => change({ split })}
            start={tablePart}
            end={charts}
          />
        )}
      </div>
    </div>
  );
}

function TableSkeleton() {
  return (
    <div className={styles.skeleton}>
      {Array.from({ length: 12 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Skeleton key={index} height="14px" width={`${92 - ((index * 7) % 20)}%`} />
      ))}
    </div>
  );
}
