/** Slots of a whole search in their order, as they were at a moment. */
export interface OrderCache {
  /** Something was kept under this name, if only as it was. */
  has(name: string): boolean;
  /** What was kept under this name, if nothing has changed since. */
  find(name: string, stamp: string): Int32Array | undefined;
  keep(name: string, stamp: string, slots: Int32Array): void;
}

const MOST_ORDERS = 32;

/** Keeps whole orders, so that windows deep in one list are slices: those last used, within `maxBytes`. */
export function createOrderCache(maxBytes: number): OrderCache {
  const kept = new Map<string, { readonly stamp: string; readonly slots: Int32Array }>();
  let bytes = 0;

  function drop(name: string): void {
    bytes -= kept.get(name)?.slots.byteLength ?? 0;
    kept.delete(name);
  }

  return {
    has: (name) => kept.has(name),
    find(name, stamp) {
      const found = kept.get(name);
      if (found === undefined) return undefined;
      if (found.stamp !== stamp) {
        drop(name);
        return undefined;
      }
      kept.delete(name);
      kept.set(name, found);
      return found.slots;
    },
    keep(name, stamp, slots) {
      drop(name);
      kept.set(name, { stamp, slots });
      bytes += slots.byteLength;
      for (const oldest of kept.keys()) {
        if (bytes <= maxBytes && kept.size <= MOST_ORDERS) return;
        drop(oldest);
      }
    },
  };
}
