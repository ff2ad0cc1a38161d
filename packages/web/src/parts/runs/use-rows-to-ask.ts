import { useCallback, useEffect, useRef, useState } from "react";
import { WINDOW } from "./use-run-windows.ts";

/** How often it is looked at what is in sight. */
const LOOK_MS = 60;
/** Without a new range for so long, scrolling rests. */
const REST_MS = 30;
/** Rows that are asked for before they come into sight, so that calm scrolling meets no empty row. */
const AHEAD = WINDOW / 2;
/** Ranges begin and end at multiples of this: a few rows more are no new range. */
const GRAIN = 25;
/** Asked for before the table says what is in sight. */
const FIRST_ROWS = { from: 0, to: 40 };

export interface RowRange {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/**
 * Which rows of a table to ask for: those in sight and some on either side. Rows that fly by, a window and more between two looks,
 * are not asked for until they rest.
 */
export function useRowsToAsk(): readonly [range: RowRange, onRange: (from: number, to: number, count: number) => void] {
  const [range, setRange] = useState<RowRange>(FIRST_ROWS);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const told = useRef({ ...FIRST_ROWS, count: FIRST_ROWS.to, at: 0 });
  const looked = useRef(FIRST_ROWS.from);
  const look = useCallback(() => {
    const { from, at } = told.current;
    const isFlying = Math.abs(from - looked.current) >= WINDOW && performance.now() - at < REST_MS;
    looked.current = from;
    timer.current = isFlying ? setTimeout(look, LOOK_MS) : undefined;
    if (isFlying) return;
    const wide = widen(told.current);
    setRange((now) => (now.from === wide.from && now.to === wide.to ? now : wide));
  }, []);
  const onRange = useCallback(
    (from: number, to: number, count: number) => {
      told.current = { from, to, count, at: performance.now() };
      timer.current ??= setTimeout(look, LOOK_MS);
    },
    [look],
  );
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      // React may run effects anew on what it keeps: a timer that will not come must not count as set.
      timer.current = undefined;
    },
    [],
  );
  return [range, onRange];
}

function widen({ from, to, count }: RowRange & { readonly count: number }): RowRange {
  return {
    from: Math.max(0, Math.floor((from - AHEAD) / GRAIN) * GRAIN),
    to: Math.min(count, Math.ceil((to + AHEAD) / GRAIN) * GRAIN),
  };
}
