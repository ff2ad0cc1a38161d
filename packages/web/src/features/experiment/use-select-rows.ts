import { useCallback, useRef } from "react";
import { problemText } from "../../lib/problem.ts";
import { server } from "../../lib/server.ts";
import type { RunRef } from "../../parts/runs/run-actions.ts";
import type { RunList } from "../../parts/runs/use-run-windows.ts";
import { tell } from "../../ui/Toasts.tsx";
import { isHead, type Rows } from "./use-rows.ts";
import type { Selection } from "./use-selection.ts";

/** The most runs that are selected at once: one answer of the server. */
export const MOST_SELECTED = 50_000;

export interface SelectRows {
  /** This run; with `isRange` all between it and the one that was selected last. */
  readonly select: (run: RunRef, index: number, isRange: boolean) => void;
  /** All runs that match, whether they were ever in sight or not. */
  readonly selectAll: () => void;
}

/** Selecting runs by their rows. Rows that were never in sight are asked for, by their ids alone. */
export function useSelectRows(rows: Rows, list: RunList, isGrouped: boolean, selection: Selection): SelectRows {
  const { toggle, add, set } = selection;
  const anchor = useRef(0);
  const newest = useRef({ rows, list, isGrouped });
  newest.current = { rows, list, isGrouped };
  const select = useCallback(
    (run: RunRef, index: number, isRange: boolean) => {
      const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      anchor.current = index;
      if (!isRange) return toggle(run);
      const { rowAt } = newest.current.rows;
      const between: RunRef[] = [];
      let isWhole = true;
      for (let row = from; row <= to; row++) {
        const each = rowAt(row);
        if (each === undefined) isWhole = false;
        else if (!isHead(each)) between.push(refOf(each));
      }
      add(between);
      if (!isWhole && !newest.current.isGrouped)
        void readRefs(newest.current.list, from, to - from + 1).then(add, fail);
    },
    [toggle, add],
  );
  const selectAll = useCallback(() => void readRefs(newest.current.list, 0, MOST_SELECTED).then(set, fail), [set]);
  return { select, selectAll };
}

function refOf({ id, name }: RunRef): RunRef {
  return { id, name };
}

async function readRefs(list: RunList, offset: number, limit: number): Promise<readonly RunRef[]> {
  const { items } = await server.runs.search({ ...list, fields: [], offset, limit: Math.min(limit, MOST_SELECTED) });
  return items.map(refOf);
}

function fail(error: unknown): void {
  tell({ text: problemText(error), look: "bad" });
}
