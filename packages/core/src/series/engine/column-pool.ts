export type Column = Float64Array | Uint32Array;

/** Columns below this are not worth keeping: these many elements. */
const LEAST_ROOM = 1024;

/**
 * Columns that a log grew out of or was sealed away from, for the next log that grows. Made anew and left to the collector they
 * would be the most of what the writer allocates, and much of it would wait in memory for seconds. Nothing may look at a column
 * once it is given.
 */
export interface ColumnPool {
  /** A column with so much room; what is in it is garbage. */
  take<T extends Column>(like: T, room: number): T;
  give(column: Column): void;
  clear(): void;
}

/** Keeps up to so many bytes. Beyond them those go whose size was asked for the longest ago. */
export function createColumnPool(mostBytes: number): ColumnPool {
  /** By kind and size, those asked for last at the end. */
  const shelves = new Map<string, Column[]>();
  let bytes = 0;

  const nameOf = (kind: Column, room: number) => `${kind.BYTES_PER_ELEMENT} ${room}`;

  function evict(): void {
    for (const shelf of shelves.values()) {
      while (bytes > mostBytes && shelf.length > 0) bytes -= shelf.pop()?.byteLength ?? 0;
      if (bytes <= mostBytes) return;
    }
  }

  return {
    take<T extends Column>(like: T, room: number): T {
      const name = nameOf(like, room);
      const shelf = shelves.get(name) ?? [];
      shelves.delete(name);
      shelves.set(name, shelf);
      const kept = shelf.pop();
      if (kept === undefined) return new (like.constructor as new (length: number) => T)(room);
      bytes -= kept.byteLength;
      return kept as T;
    },
    give(column) {
      if (column.length < LEAST_ROOM || column.byteLength > mostBytes) return;
      const name = nameOf(column, column.length);
      const shelf = shelves.get(name);
      if (shelf === undefined) shelves.set(name, [column]);
      else shelf.push(column);
      bytes += column.byteLength;
      if (bytes > mostBytes) evict();
    },
    clear() {
      shelves.clear();
      bytes = 0;
    },
  };
}
