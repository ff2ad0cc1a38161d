import { useCallback, useEffect, useMemo, useState } from "react";
import type { RunRef } from "../../parts/runs/run-actions.ts";
import { type ExperimentView, MOST_IN_ADDRESS } from "./view.ts";

export interface Selection {
  readonly runs: ReadonlyMap<string, RunRef>;
  has(id: string): boolean;
  toggle(run: RunRef): void;
  /** These and no others. */
  set(runs: readonly RunRef[]): void;
  add(runs: readonly RunRef[]): void;
  clear(): void;
}

/** The selected runs. Up to fifty of them stand in the address, so that they survive a reload and can be shared. */
export function useSelection(view: ExperimentView, change: (part: Partial<ExperimentView>) => void): Selection {
  const [runs, setRuns] = useState<ReadonlyMap<string, RunRef>>(
    () => new Map(view.selected.map((id) => [id, { id, name: "" } as RunRef])),
  );
  const ids = runs.size > MOST_IN_ADDRESS ? "" : [...runs.keys()].join();
  useEffect(() => {
    if (ids !== view.selected.join()) change({ selected: ids === "" ? [] : ids.split(",") });
  }, [ids, view.selected, change]);
  const set = useCallback((next: readonly RunRef[]) => setRuns(new Map(next.map((run) => [run.id, run]))), []);
  const add = useCallback(
    (more: readonly RunRef[]) =>
      setRuns((now) => new Map([...now, ...more.map((run) => [run.id as string, run] as const)])),
    [],
  );
  const toggle = useCallback(
    (run: RunRef) =>
      setRuns((now) => {
        const next = new Map(now);
        if (!next.delete(run.id)) next.set(run.id, run);
        return next;
      }),
    [],
  );
  const clear = useCallback(() => setRuns((now) => (now.size === 0 ? now : new Map())), []);
  return useMemo(() => ({ runs, has: (id) => runs.has(id), toggle, set, add, clear }), [runs, toggle, set, add, clear]);
}
