import type { Value } from "@cairn/core";
import { compareValues } from "./compare.ts";

export type LooseRow = Readonly<Record<string, Value>>;

/** A stretch of one order, as in core's `Range`, without its index. */
export interface Bounds {
  readonly prefix: readonly Value[];
  readonly from?: Value;
  readonly after?: Value;
  readonly to?: Value;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** Rows kept in the order of some columns that together name a row. */
export interface SortedRows {
  find(key: readonly Value[]): LooseRow | undefined;
  /** Inserts the row, or replaces the one that is equal in all columns of the order. */
  put(row: LooseRow): void;
  remove(row: LooseRow): void;
  list(bounds: Bounds): LooseRow[];
  count(bounds: Bounds): number;
}

export function createSortedRows(order: readonly string[]): SortedRows {
  const rows: LooseRow[] = [];

  /** -1 = the row lies before the stretch, 0 = in it, 1 = behind it. */
  function position(row: LooseRow, bounds: Bounds): number {
    for (let i = 0; i < bounds.prefix.length; i++) {
      const difference = compareValues(readColumn(row, order[i]), bounds.prefix[i] ?? null);
      if (difference !== 0) return difference;
    }
    if (bounds.from === undefined && bounds.after === undefined && bounds.to === undefined) return 0;
    const value = readColumn(row, order[bounds.prefix.length]);
    if (bounds.from !== undefined && compareValues(value, bounds.from) < 0) return -1;
    if (bounds.after !== undefined && compareValues(value, bounds.after) <= 0) return -1;
    if (bounds.to !== undefined && compareValues(value, bounds.to) >= 0) return 1;
    return 0;
  }

  function firstAt(least: 0 | 1, bounds: Bounds): number {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = rows[middle];
      if (row !== undefined && position(row, bounds) < least) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function stretch(bounds: Bounds): { start: number; end: number } {
    const start = firstAt(0, bounds);
    const end = Math.max(start, firstAt(1, bounds));
    const limit = bounds.limit ?? end - start;
    return bounds.reverse === true
      ? { start: Math.max(start, end - limit), end }
      : { start, end: Math.min(end, start + limit) };
  }

  const keyOf = (row: LooseRow): Value[] => order.map((column) => readColumn(row, column));

  return {
    find(key) {
      const bounds = { prefix: key };
      const row = rows[firstAt(0, bounds)];
      return row !== undefined && position(row, bounds) === 0 ? row : undefined;
    },
    put(row) {
      const bounds = { prefix: keyOf(row) };
      const at = firstAt(0, bounds);
      const there = rows[at];
      rows.splice(at, there !== undefined && position(there, bounds) === 0 ? 1 : 0, row);
    },
    remove(row) {
      const bounds = { prefix: keyOf(row) };
      const at = firstAt(0, bounds);
      const there = rows[at];
      if (there !== undefined && position(there, bounds) === 0) rows.splice(at, 1);
    },
    list(bounds) {
      const { start, end } = stretch(bounds);
      const found = rows.slice(start, end);
      return bounds.reverse === true ? found.reverse() : found;
    },
    count(bounds) {
      const { start, end } = stretch(bounds);
      return end - start;
    },
  };
}

function readColumn(row: LooseRow, column: string | undefined): Value {
  if (column === undefined) throw new Error("a range bounds a column behind the last one of its order");
  return row[column] ?? null;
}
