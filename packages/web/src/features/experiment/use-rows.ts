import type { Run } from "@cairn/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { carriedField, type RunColumn } from "../../parts/runs/columns/run-column.ts";
import { type RunList, useRunWindows, WINDOW, type WindowAsk } from "../../parts/runs/use-run-windows.ts";

/** Windows are asked for once scrolling rests so long, except for the first. */
const REST_MS = 60;

export interface Rows {
  readonly count: number;
  readonly rowAt: (index: number) => Run | undefined;
  readonly onRange: (from: number, to: number) => void;
  /** undefined until the first answer. */
  readonly total: number | undefined;
  readonly error: unknown;
  readonly retry: () => void;
  /** The first rows of the whole list, as far as they are known. */
  readonly first: readonly Run[];
}

/** What a search has to carry for these columns. */
export function fieldsOf(columns: readonly RunColumn[]): readonly string[] {
  return [...new Set(columns.flatMap((column) => carriedField(column) ?? []))].sort();
}

/** The rows of the table, by windows around what is in sight. */
export function useRows(list: RunList, firstCount: number, isReady: boolean): Rows {
  const [range, setRange] = useState({ from: 0, to: 40 });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onRange = useMemo(
    () => (from: number, to: number) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(
        () => setRange((now) => (windowsOf(now).join() === windowsOf({ from, to }).join() ? now : { from, to })),
        REST_MS,
      );
    },
    [],
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  const asks = useMemo(
    (): WindowAsk[] => (isReady ? [...new Set([0, ...windowsOf(range)])].map((index) => ({ list, index })) : []),
    [list, range, isReady],
  );
  const windows = useRunWindows(asks);
  const known = useRef(0);
  const total = windows.totalOf(list);
  if (total !== undefined) known.current = total;
  const count = total ?? known.current;
  return useMemo(() => {
    const rowAt = (index: number) => windows.rowAt(list, index);
    const first: Run[] = [];
    for (let index = 0; index < Math.min(firstCount, count); index++) {
      const run = rowAt(index);
      if (run !== undefined) first.push(run);
    }
    return { count, rowAt, onRange, total, first, error: windows.error, retry: windows.retry };
  }, [windows, list, count, total, firstCount, onRange]);
}

function windowsOf({ from, to }: { readonly from: number; readonly to: number }): number[] {
  const windows: number[] = [];
  for (let index = Math.floor(from / WINDOW); index * WINDOW < Math.max(to, from + 1); index++) windows.push(index);
  return windows;
}
