import type { Run } from "@cairn/core";
import { useMemo, useRef } from "react";
import { useRowsToAsk } from "../../parts/runs/use-rows-to-ask.ts";
import { type RunList, useRunWindows, WINDOW, type WindowAsk } from "../../parts/runs/use-run-windows.ts";

const MOST_WINDOWS = 16;

export interface TrackerRows {
  readonly count: number | undefined;
  readonly rowAt: (index: number) => Run | undefined;
  readonly onRange: (from: number, to: number, count: number) => void;
  readonly error: unknown;
  readonly retry: () => void;
}

/** The rows in sight, by windows. `list` undefined: it is not known yet what to ask. */
export function useTrackerRows(list: RunList | undefined): TrackerRows {
  const [range, onRange] = useRowsToAsk();
  const asks = useMemo((): readonly WindowAsk[] => {
    if (list === undefined) return [];
    const first = Math.floor(range.from / WINDOW);
    const last = Math.min(Math.floor(Math.max(range.from, range.to - 1) / WINDOW), first + MOST_WINDOWS);
    return Array.from({ length: last - first + 1 }, (_, index) => ({ list, index: first + index }));
  }, [list, range]);
  const windows = useRunWindows(asks);
  const known = useRef<number>(undefined);
  const total = list === undefined ? undefined : windows.totalOf(list);
  if (total !== undefined) known.current = total;
  return {
    count: total ?? known.current,
    rowAt: (index) => (list === undefined ? undefined : windows.rowAt(list, index)),
    onRange,
    error: windows.error,
    retry: windows.retry,
  };
}
