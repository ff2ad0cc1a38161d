/** Values by name, least recently used first, bounded by their bytes. */
export interface ByteLru<V> {
  get(name: string, load: () => V): V;
  forget(name: string): void;
  clear(): void;
}

export function createByteLru<V>(limit: number, bytesOf: (value: V) => number): ByteLru<V> {
  const held = new Map<string, V>();
  let bytes = 0;
  const drop = (name: string, value: V) => {
    held.delete(name);
    bytes -= bytesOf(value);
  };
  return {
    get(name, load) {
      const known = held.get(name);
      if (known !== undefined) {
        held.delete(name);
        held.set(name, known);
        return known;
      }
      const value = load();
      held.set(name, value);
      bytes += bytesOf(value);
      for (const [oldest, old] of held) {
        if (bytes <= limit || oldest === name) break;
        drop(oldest, old);
      }
      return value;
    },
    forget(name) {
      const value = held.get(name);
      if (value !== undefined) drop(name, value);
    },
    clear() {
      held.clear();
      bytes = 0;
    },
  };
}
