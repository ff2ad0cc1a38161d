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

/** Keeps up to so many bytes. */
export function createColumnPool(mostBytes: number): ColumnPool {
  const doubles = new Map<number, Float64Array[]>();
  const words = new Map<number, Uint32Array[]>();
  let bytes = 0;

  const shelf = (column: Column) => (column instanceof Float64Array ? doubles : words) as Map<number, Column[]>;

  return {
    take<T extends Column>(like: T, room: number): T {
      const kept = shelf(like).get(room)?.pop();
      if (kept === undefined) return new (like.constructor as new (length: number) => T)(room);
      bytes -= kept.byteLength;
      return kept as T;
    },
    give(column) {
      if (column.length < LEAST_ROOM || bytes + column.byteLength > mostBytes) return;
      const own = shelf(column).get(column.length);
      if (own === undefined) shelf(column).set(column.length, [column]);
      else own.push(column);
      bytes += column.byteLength;
    },
    clear() {
      doubles.clear();
      words.clear();
      bytes = 0;
    },
  };
}
