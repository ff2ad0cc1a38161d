/** What is pointed at, on all charts of a screen together. */
export interface Hover {
  /** On the x axis; null when nothing is pointed at. */
  readonly x: number | null;
  /** The chart that is pointed at; the others only follow. */
  readonly chart: string | null;
  /** The run that is nearest, or pointed at elsewhere. */
  readonly run: string | null;
}

export interface HoverStore {
  get(): Hover;
  set(change: Partial<Hover>): void;
  subscribe(listener: (hover: Hover, before: Hover) => void): () => void;
}

/** Not React state: the pointer moves sixty times a second, and dozens of charts follow it. */
export function createHoverStore(): HoverStore {
  let hover: Hover = { x: null, chart: null, run: null };
  const listeners = new Set<(hover: Hover, before: Hover) => void>();
  return {
    get: () => hover,
    set(change) {
      const before = hover;
      const next = { ...before, ...change };
      if (next.x === before.x && next.chart === before.chart && next.run === before.run) return;
      hover = next;
      for (const listener of [...listeners]) listener(next, before);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
