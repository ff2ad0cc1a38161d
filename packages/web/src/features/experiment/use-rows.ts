import type { Run, RunGroup, RunGroups } from "@cairn/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { server } from "../../lib/server.ts";
import { carriedField, fieldTextOf, type RunColumn } from "../../parts/runs/columns/run-column.ts";
import { useRowsToAsk } from "../../parts/runs/use-rows-to-ask.ts";
import { type RunList, useRunWindows, WINDOW, type WindowAsk } from "../../parts/runs/use-run-windows.ts";
import { markOf, placeGroups } from "./group-rows.ts";
import { joinFilters } from "./view.ts";

/** More windows than a screen can show at once, with what is ahead of it, are never asked for. */
const MOST_WINDOWS = 32;
const MOST_GROUPS = 1000;
const GROUP_METRICS = 3;

/** The head of a group of runs. */
export interface GroupHead {
  readonly group: RunGroup;
  readonly isOpen: boolean;
}

export type Row = Run | GroupHead;

export function isHead(row: Row): row is GroupHead {
  return "group" in row;
}

export interface Rows {
  readonly count: number;
  readonly rowAt: (index: number) => Row | undefined;
  readonly onRange: (from: number, to: number, count: number) => void;
  /** How many runs match; undefined until the first answer. */
  readonly total: number | undefined;
  readonly error: unknown;
  readonly retry: () => void;
  /** The first runs of the whole list, as far as they are known. */
  readonly first: readonly Run[];
}

/** What a search has to carry for these columns. */
export function fieldsOf(columns: readonly RunColumn[]): readonly string[] {
  return [...new Set(columns.flatMap((column) => carriedField(column) ?? []))].sort();
}

export interface RowsInput {
  readonly list: RunList;
  readonly groupBy: RunColumn | undefined;
  /** The marks of opened groups. */
  readonly opened: readonly string[];
  readonly columns: readonly RunColumn[];
  /** So many first runs are always known. */
  readonly firstCount: number;
  readonly isReady: boolean;
}

/** The rows of the table, by windows around what is in sight; grouped, the heads of all groups and the runs of opened ones. */
export function useRows({ list, groupBy, opened, columns, firstCount, isReady }: RowsInput): Rows {
  const [range, onRange] = useRowsToAsk();
  const groups = useGroups(list, groupBy, columns, isReady);
  const heads = useMemo(
    () => groups.data?.items.map((group): GroupHead => ({ group, isOpen: opened.includes(markOf(group.filter)) })),
    [groups.data, opened],
  );
  const places = useMemo(
    () => heads && placeGroups(heads.map(({ group, isOpen }) => ({ count: group.runs, isOpen }))),
    [heads],
  );
  const lists = useMemo(
    () => heads?.map(({ group }): RunList => ({ ...list, filter: joinFilters([list.filter, group.filter]) })),
    [heads, list],
  );
  const asks = useMemo((): readonly WindowAsk[] => {
    if (!isReady) return [];
    const wanted = new Map<string, WindowAsk>([["first", { list, index: 0 }]]);
    for (let row = range.from; row < range.to && wanted.size < MOST_WINDOWS; row++) {
      const at = places?.locate(row);
      const own = at === undefined ? undefined : lists?.[at.group];
      if (groupBy === undefined) {
        const index = Math.floor(row / WINDOW);
        if (index > 0) wanted.set(String(index), { list, index });
      } else if (at !== undefined && at.row >= 0 && own !== undefined) {
        const index = Math.floor(at.row / WINDOW);
        wanted.set(`${at.group} ${index}`, { list: own, index });
      }
    }
    return [...wanted.values()];
  }, [isReady, list, lists, places, range, groupBy]);
  const windows = useRunWindows(asks);

  const known = useRef(0);
  const total = windows.totalOf(list);
  if (total !== undefined) known.current = total;
  const flat = total ?? known.current;
  const { error: groupError, refetch } = groups;
  return useMemo(() => {
    const runAt = (index: number) => windows.rowAt(list, index);
    const rowAt = (index: number): Row | undefined => {
      if (groupBy === undefined) return runAt(index);
      const at = places?.locate(index);
      const own = at === undefined ? undefined : lists?.[at.group];
      if (at === undefined || own === undefined) return undefined;
      return at.row < 0 ? heads?.[at.group] : windows.rowAt(own, at.row);
    };
    const first: Run[] = [];
    for (let index = 0; index < Math.min(firstCount, flat); index++) {
      const run = runAt(index);
      if (run !== undefined) first.push(run);
    }
    return {
      count: groupBy === undefined ? flat : (places?.count ?? 0),
      rowAt,
      onRange,
      total: groupBy !== undefined && groups.data === undefined ? undefined : total,
      first,
      error: windows.error ?? groupError ?? undefined,
      retry: () => {
        windows.retry();
        void refetch();
      },
    };
  }, [
    windows,
    list,
    lists,
    heads,
    places,
    groupBy,
    groups.data,
    groupError,
    refetch,
    flat,
    total,
    firstCount,
    onRange,
  ]);
}

function useGroups(list: RunList, by: RunColumn | undefined, columns: readonly RunColumn[], isReady: boolean) {
  const field = by === undefined ? undefined : by.kind === "label" ? "label" : fieldTextOf(by);
  const metrics = columns.flatMap((column) => (column.kind === "metric" ? [column.key] : [])).slice(0, GROUP_METRICS);
  const { experiments, filter, lifecycle } = list;
  return useQuery({
    queryKey: ["runs", "search", "groups", experiments, filter, lifecycle, field, metrics],
    queryFn: (): Promise<RunGroups> =>
      server.runs.groups({ experiments, filter, lifecycle, by: field ?? "state", metrics, limit: MOST_GROUPS }),
    enabled: isReady && field !== undefined,
    placeholderData: keepPreviousData,
  });
}
