import { useSyncExternalStore } from "react";

/** The run that is pointed at, in the table or in a chart. Apart from React's state, so that pointing draws as little as it must. */
export interface PointedRun {
  get(): string | undefined;
  set(id: string | undefined): void;
  subscribe(listener: () => void): () => void;
}

export function createPointedRun(): PointedRun {
  const listeners = new Set<() => void>();
  let pointed: string | undefined;
  return {
    get: () => pointed,
    set: (id) => {
      if (id === pointed) return;
      pointed = id;
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function usePointedRun(store: PointedRun): string | undefined {
  return useSyncExternalStore(store.subscribe, store.get);
}
