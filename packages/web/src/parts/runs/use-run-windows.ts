import type { Run } from "@cairn/core";
import { queryOptions, useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useRef } from "react";
import { subscribe } from "../../lib/events.ts";
import { literalText } from "../../lib/filter-text.ts";
import { createGatherer } from "../../lib/gather.ts";
import { server } from "../../lib/server.ts";

/** A list of runs that is shown by windows: which ones, in which order, with which of their parts. */
export interface RunList {
  /** All when left out. */
  readonly experiments?: readonly number[] | undefined;
  readonly filter: string;
  readonly order: string;
  readonly lifecycle: "active" | "deleted";
  readonly fields: readonly string[];
}

/** Rows of one question. */
export const WINDOW = 100;
/** New points of shown runs are asked for at most so often. */
const LIVE_MS = 1000;

type WindowPage = { readonly items: readonly Run[]; readonly total?: number | undefined };

export function windowQuery(list: RunList, index: number) {
  return queryOptions({
    queryKey: ["runs", "search", "window", list, index],
    queryFn: ({ signal: _ }): Promise<WindowPage> =>
      server.runs.search({
        ...list,
        offset: index * WINDOW,
        limit: WINDOW,
        count: true,
      }),
  });
}

export interface WindowAsk {
  readonly list: RunList;
  readonly index: number;
}

export interface RunWindows {
  /** undefined while it is on its way. */
  rowAt(list: RunList, row: number): Run | undefined;
  /** How many runs the list has; undefined until its first answer. */
  totalOf(list: RunList): number | undefined;
  readonly error: unknown;
  readonly isFetching: boolean;
  readonly retry: () => void;
}

/**
 * Runs by windows of `WINDOW` rows, asked for as they come into sight and kept fresh by the server's hints: what a hint makes
 * stale is asked again only where it is shown, and new points only for the runs in sight, once a second.
 */
export function useRunWindows(asks: readonly WindowAsk[]): RunWindows {
  const client = useQueryClient();
  const results = useQueries({
    queries: asks.map(({ list, index }) => windowQuery(list, index)),
  });
  const totals = useRef(new Map<string, number>());
  const pages = new Map<string, WindowPage>();
  for (const [index, { data }] of results.entries()) {
    const ask = asks[index];
    if (ask === undefined || data === undefined) continue;
    pages.set(windowName(ask.list, ask.index), data);
    if (data.total !== undefined) totals.current.set(listName(ask.list), data.total);
  }
  // What was shown last stands until the first rows of another list, or of other columns, are there.
  const last = useRef(pages);
  if (pages.size > 0 || asks.length === 0) last.current = pages;
  const shown = last.current;
  const failed = results.find((result) => result.isError);

  const refresh = useEffectEvent(async (hinted: ReadonlySet<string>) => {
    for (const { list, index } of asks) {
      const { queryKey } = windowQuery(list, index);
      const ids =
        client.getQueryData<WindowPage>(queryKey)?.items.flatMap(({ id }) => (hinted.has(id) ? [id] : [])) ?? [];
      if (ids.length === 0) continue;
      const filter = `id IN (${ids.map(literalText).join(", ")})`;
      const { items } = await server.runs.search({ filter, fields: list.fields, limit: ids.length });
      const fresh = new Map(items.map((run) => [run.id as string, run]));
      client.setQueryData<WindowPage>(queryKey, (page) =>
        page === undefined ? page : { ...page, items: page.items.map((run) => fresh.get(run.id) ?? run) },
      );
    }
  });
  useEffect(() => {
    const gatherer = createGatherer<string>(LIVE_MS, (ids) => void refresh(ids).catch(() => undefined));
    const stop = subscribe((hint) => {
      if (hint.kind === "series.appended") gatherer.add(hint.id);
    });
    return () => {
      stop();
      gatherer.stop();
    };
  }, []);

  const version = `${asks.map(({ list, index }) => windowName(list, index)).join()} ${results.map(({ dataUpdatedAt }) => dataUpdatedAt).join()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says when the pages are others
  return useMemo(
    () => ({
      rowAt: (list, row) => {
        const index = Math.floor(row / WINDOW);
        const page = pages.get(windowName(list, index)) ?? (pages.size === 0 ? findWindow(shown, index) : undefined);
        return page?.items[row % WINDOW];
      },
      totalOf: (list) => totals.current.get(listName(list)),
      error: failed?.error ?? undefined,
      isFetching: results.some(({ isFetching }) => isFetching),
      retry: () => void failed?.refetch(),
    }),
    [version, failed],
  );
}

function findWindow(pages: ReadonlyMap<string, WindowPage>, index: number): WindowPage | undefined {
  for (const [name, page] of pages) if (name.endsWith(` ${index}`)) return page;
  return undefined;
}

function listName({ experiments, filter, order, lifecycle }: RunList): string {
  return JSON.stringify([experiments, filter, order, lifecycle]);
}

function windowName(list: RunList, index: number): string {
  return `${listName(list)} ${list.fields.join()} ${index}`;
}
