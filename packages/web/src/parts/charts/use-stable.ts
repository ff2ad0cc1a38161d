import { useCallback, useLayoutEffect, useRef } from "react";

/** A function that stays the same from render to render, and does what it did in the last one: for memoised children. */
export function useStable<A extends readonly unknown[]>(work: (...args: A) => void): (...args: A) => void {
  const latest = useRef(work);
  useLayoutEffect(() => {
    latest.current = work;
  });
  return useCallback((...args: A) => latest.current(...args), []);
}
