import type { Run } from "@cairn/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Table2 } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { formatCount } from "../../lib/format.ts";
import { useKeys } from "../../lib/keys.ts";
import { problemText } from "../../lib/problem.ts";
import { useTexts } from "../../lib/texts.ts";
import { knownFields } from "../../parts/query/known-fields.ts";
import { QueryField } from "../../parts/query/QueryField.tsx";
import { findQueryProblem } from "../../parts/query/query-problem.ts";
import { ColumnChooser } from "../../parts/runs/columns/ColumnChooser.tsx";
import { moveColumn, type ShownColumn } from "../../parts/runs/columns/column-list.ts";
import { carriedField, columnText } from "../../parts/runs/columns/run-column.ts";
import { runKeysQuery } from "../../parts/runs/use-run-keys.ts";
import type { RunList } from "../../parts/runs/use-run-windows.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Page } from "../../ui/Page.tsx";
import { Problem } from "../../ui/Problem.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { DataTable } from "../../ui/table/DataTable.tsx";
import { nextOrder } from "../../ui/table/sort-keys.ts";
import type { SortKey } from "../../ui/table/table-types.ts";
import { ExportMenu } from "./export/ExportMenu.tsx";
import styles from "./TrackerPage.module.css";
import { trackerTexts } from "./texts.ts";
import {
  orderText,
  parseTracker,
  sortKeys,
  type TrackerView,
  trackerColumns,
  trackerFilter,
  trackerText,
} from "./tracker-view.ts";
import { useTableColumns } from "./use-table-columns.tsx";
import { useTrackerRows } from "./use-tracker-rows.ts";

const NO_COLUMNS: readonly ShownColumn[] = [];

/** Every run of the project, a row each: what the seeds call the tracker. It can be saved as a file. */
export function TrackerPage() {
  const t = useTexts(trackerTexts);
  const navigate = useNavigate();
  const search = useSearch({ from: "__root__" });
  const view = useMemo(() => parseTracker(search), [search]);
  const change = useCallback(
    (part: Partial<TrackerView>) =>
      void navigate({ to: "/tracker", search: trackerText({ ...view, ...part }), replace: true }),
    [navigate, view],
  );
  const keys = useQuery({ ...runKeysQuery(), placeholderData: keepPreviousData });
  const usual = useMemo(() => (keys.data === undefined ? undefined : trackerColumns(keys.data)), [keys.data]);
  const columns = view.columns ?? usual ?? NO_COLUMNS;
  const filter = trackerFilter(view);
  const problem = findQueryProblem(view.q)?.message;
  const runColumns = useMemo(() => columns.map(({ column }) => column), [columns]);
  const list = useMemo((): RunList | undefined => {
    if (runColumns.length === 0 || problem !== undefined) return undefined;
    const fields = [...new Set(runColumns.flatMap((column) => carriedField(column) ?? []))].sort();
    return { filter, order: view.order, lifecycle: "active", fields };
  }, [filter, view.order, runColumns, problem]);
  const rows = useTrackerRows(list);
  const order = useMemo(() => sortKeys(view.order, columns), [view.order, columns]);
  const setColumns = useCallback((next: readonly ShownColumn[] | undefined) => change({ columns: next }), [change]);
  const setOrder = useCallback(
    (next: readonly SortKey[]) => change({ order: orderText(next, columns) }),
    [change, columns],
  );
  const tableColumns = useTableColumns(columns, keys.data, setColumns, setOrder);
  const tableTexts = useMemo(() => ({ resize: t.resize, menu: t.menu, loading: t.loading }), [t]);
  const [isChoosing, setChoosing] = useState(false);
  const query = useRef<{ focus(): void }>(null);
  useKeys(t.keys, {
    q: { label: t.keyFilter, run: () => query.current?.focus() },
    v: { label: t.keyColumns, run: () => setChoosing(true) },
  });
  const error = keys.error ?? rows.error;
  const isFiltered = filter !== "";
  const count = rows.count;
  return (
    <Page
      title={t.title}
      about={t.about}
      isFull
      actions={
        <>
          <ColumnChooser
            known={keys.data}
            columns={columns}
            onColumns={setColumns}
            isOpen={isChoosing}
            onOpen={setChoosing}
          />
          <ExportMenu filter={filter} order={view.order} columns={runColumns} />
        </>
      }
    >
      <div className={styles.tools}>
        <QueryField
          ref={query}
          value={view.q}
          onApply={(q) => change({ q })}
          fields={knownFields(keys.data)}
          problem={problem}
        />
        <span role="status" className={styles.count}>
          {count !== undefined && t.runs(count, formatCount(count))}
        </span>
      </div>
      {error != null && (
        <Problem
          title={t.problem}
          detail={problemText(error)}
          retryLabel={t.again}
          onRetry={() => {
            rows.retry();
            void keys.refetch();
          }}
        />
      )}
      {error == null && count === undefined && <Skeleton height="60vh" />}
      {count === 0 && !isFiltered && (
        <EmptyState title={t.empty} icon={<Table2 size={32} aria-hidden />}>
          <p>{t.emptyText}</p>
          <p>
            <Link to="/">{t.toHome}</Link>
          </p>
        </EmptyState>
      )}
      {count !== undefined && (count > 0 || isFiltered) && (
        <div className={styles.table}>
          <DataTable<Run>
            label={t.table}
            texts={tableTexts}
            columns={tableColumns}
            count={count}
            rowAt={rows.rowAt}
            onRange={rows.onRange}
            order={order}
            onSort={(key, isAdded) => setOrder(nextOrder(order, key, { isAdded }))}
            onResize={(key, width) =>
              setColumns(columns.map((one) => (columnText(one.column) === key ? { ...one, width } : one)))
            }
            onMove={(key, before) => setColumns(moveColumn(columns, key, before))}
            onOpen={({ id }) => void navigate({ to: "/runs/$run", params: { run: id } })}
            empty={
              <div className={styles.none}>
                <p>{t.noMatch}</p>
                <Button size="small" onClick={() => change({ q: "", name: "" })}>
                  {t.clear}
                </Button>
              </div>
            }
          />
        </div>
      )}
    </Page>
  );
}
