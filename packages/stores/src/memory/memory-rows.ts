import type { Tx, Value } from "@cairn/core";
import { getLayout, layouts, type TableLayout } from "../shared/layout.ts";
import type { Rows } from "../shared/rows.ts";
import { type Bounds, createSortedRows, type LooseRow, type SortedRows } from "./sorted-rows.ts";

interface MemoryTable {
  readonly layout: TableLayout;
  readonly byKey: SortedRows;
  /** One for each index, in the layout's order. */
  readonly byIndex: readonly SortedRows[];
}

interface LooseRange extends Bounds {
  readonly index?: string;
}

/** Rows in sorted arrays; a savepoint is a length of the undo log. As strict about types and uniqueness as SQLite is. */
export function createMemoryRows(): Rows {
  const memory = new Map<string, MemoryTable>();
  for (const layout of layouts.values()) {
    const byIndex = layout.indexes.map((index) => createSortedRows(index.order));
    memory.set(layout.name, { layout, byKey: createSortedRows(layout.key), byIndex });
  }
  const undo: (() => void)[] = [];

  function undoTo(length: number): void {
    while (undo.length > length) undo.pop()?.();
  }

  function tableOf(name: string): MemoryTable {
    const found = memory.get(name);
    if (found === undefined) throw new Error(`there is no table '${name}'`);
    return found;
  }

  function walk(name: string, range: LooseRange): { rows: SortedRows; layout: TableLayout } {
    const { layout, byKey, byIndex } = tableOf(name);
    if (range.index === undefined) return { rows: byKey, layout };
    const rows = byIndex[layout.indexes.findIndex((index) => index.name === range.index)];
    if (rows === undefined) throw new Error(`table '${name}' has no index '${range.index}'`);
    return { rows, layout };
  }

  function add(table: MemoryTable, row: LooseRow): void {
    table.byKey.put(row);
    for (const index of table.byIndex) index.put(row);
  }

  function remove(table: MemoryTable, row: LooseRow): void {
    table.byKey.remove(row);
    for (const index of table.byIndex) index.remove(row);
  }

  function removeLogged(table: MemoryTable, row: LooseRow): void {
    remove(table, row);
    undo.push(() => add(table, row));
  }

  function put(name: string, given: LooseRow): void {
    const table = tableOf(name);
    const row = copyForKeeping(table.layout, given);
    const before = table.byKey.find(table.layout.key.map((column) => row[column] ?? null));
    checkUnique(table, row, before);
    if (before !== undefined) removeLogged(table, before);
    add(table, row);
    undo.push(() => remove(table, row));
  }

  const tx = {
    get(name: string, ...key: Value[]) {
      checkKey(getLayout(name), key);
      const row = tableOf(name).byKey.find(key);
      return row === undefined ? undefined : copyOut(row, Object.keys(row));
    },
    list(name: string, range: LooseRange) {
      const { rows, layout } = walk(name, range);
      const columns = layout.columns.map((column) => column.name);
      return rows.list(range).map((row) => copyOut(row, columns));
    },
    pick(name: string, columns: readonly string[], range: LooseRange) {
      return walk(name, range)
        .rows.list(range)
        .map((row) => copyOut(row, columns));
    },
    count: (name: string, range: LooseRange) => walk(name, range).rows.count(range),
    put,
    delete(name: string, ...key: Value[]) {
      const table = tableOf(name);
      checkKey(table.layout, key);
      const row = table.byKey.find(key);
      if (row !== undefined) removeLogged(table, row);
    },
    clear(name: string, range: LooseRange) {
      const table = tableOf(name);
      const found = table.byKey.list(range);
      for (const row of found) removeLogged(table, row);
      return found.length;
    },
  };

  return {
    tx: tx as unknown as Tx,
    begin() {
      undo.length = 0;
    },
    commit() {
      undo.length = 0;
    },
    rollback: () => undoTo(0),
    savepoint(work) {
      const length = undo.length;
      try {
        return work();
      } catch (error) {
        undoTo(length);
        throw error;
      }
    },
    canGoOn: () => true,
  };
}

function checkKey(layout: TableLayout, key: readonly Value[]): void {
  if (key.length === layout.key.length) return;
  throw new Error(`the key of '${layout.name}' has ${layout.key.length} columns, not ${key.length}`);
}

/** The row as it will be kept: every column there, of its type, bytes copied, no -0 (SQLite keeps it as 0). */
function copyForKeeping(layout: TableLayout, row: LooseRow): LooseRow {
  const copy: Record<string, Value> = {};
  for (const { name, type, nullable } of layout.columns) {
    const value = row[name] ?? null;
    const isMissing = value === null || (typeof value === "number" && Number.isNaN(value));
    if (isMissing ? !nullable : !isOfType(value, type)) {
      throw new Error(`column '${name}' of table '${layout.name}' cannot hold ${String(value)}`);
    }
    if (isMissing) copy[name] = null;
    else if (typeof value === "object") copy[name] = value.slice();
    else copy[name] = value === 0 ? 0 : value;
  }
  return copy;
}

function isOfType(value: Exclude<Value, null>, type: "int" | "real" | "text" | "blob"): boolean {
  if (type === "int") return Number.isSafeInteger(value);
  if (type === "real") return typeof value === "number";
  return type === "text" ? typeof value === "string" : value instanceof Uint8Array;
}

function copyOut(row: LooseRow, columns: readonly string[]): Record<string, Value> {
  const copy: Record<string, Value> = {};
  for (const column of columns) {
    const value = row[column] ?? null;
    copy[column] = value !== null && typeof value === "object" ? value.slice() : value;
  }
  return copy;
}

function checkUnique(table: MemoryTable, row: LooseRow, before: LooseRow | undefined): void {
  table.layout.indexes.forEach((index, at) => {
    if (!index.unique) return;
    const prefix = index.columns.map((column) => row[column] ?? null);
    const [other] = table.byIndex[at]?.list({ prefix, limit: 1 }) ?? [];
    if (other !== undefined && other !== before) {
      throw new Error(`index '${index.name}' of table '${table.layout.name}' has these values already`);
    }
  });
}
