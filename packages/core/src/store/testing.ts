import type { Value } from "./table.ts";
import { type TableName, tables } from "./tables.ts";
import type { Range, ReadTx, Tx } from "./tx.ts";

type Row = Record<string, Value>;
type Rows = Row[];
interface Undo {
  readonly table: TableName;
  readonly key: readonly Value[];
  readonly row: Row | undefined;
}

/** A store of rows for core's own tests: no checks, no speed, but savepoints and snapshots are true. */
export interface MemoryTx extends Tx {
  /** A mark to roll back to. */
  savepoint(): number;
  rollback(mark: number): void;
  /** What is there now, whatever is put later. */
  snapshot(): ReadTx;
  /** A store of its own with the rows of now: what a crash would leave. */
  fork(): MemoryTx;
}

export function memoryTx(from: ReadonlyMap<TableName, Rows> = new Map()): MemoryTx {
  const data = new Map<TableName, Rows>();
  for (const name of Object.keys(tables) as TableName[]) data.set(name, [...(from.get(name) ?? [])]);
  const undo: Undo[] = [];
  const rowsOf = (table: TableName) => data.get(table) as Rows;

  const set = (table: TableName, key: readonly Value[], row: Row | undefined) => {
    const rows = rowsOf(table);
    const at = lowerBound(rows, tables[table].key, key);
    const old = rows[at] !== undefined && compareTo(rows[at], tables[table].key, key) === 0 ? rows[at] : undefined;
    if (row === undefined) {
      if (old !== undefined) rows.splice(at, 1);
    } else if (old === undefined && at === rows.length) rows.push(row);
    else rows.splice(at, old === undefined ? 0 : 1, row);
    undo.push({ table, key, row: old });
  };

  const walk = (table: TableName, range: Range<TableName>): Rows => {
    const { key, indexes } = tables[table];
    const index = range.index as string | undefined;
    const ordered = index === undefined ? rowsOf(table) : sortedBy(rowsOf(table), columnsOf(indexes, index));
    const columns = index === undefined ? key : columnsOf(indexes, index);
    const next = columns[range.prefix.length] as string;
    let found = ordered.slice(lowerBound(ordered, columns, range.prefix));
    const end = found.findIndex((row) => compareTo(row, columns, range.prefix) !== 0);
    if (end >= 0) found = found.slice(0, end);
    const { from: low, after, to } = range;
    if (low !== undefined) found = found.filter((row) => compare(row[next] as Value, low) >= 0);
    if (after !== undefined) found = found.filter((row) => compare(row[next] as Value, after) > 0);
    if (to !== undefined) found = found.filter((row) => compare(row[next] as Value, to) < 0);
    if (range.reverse) found.reverse();
    return found.slice(0, range.limit ?? found.length);
  };

  const tx = {
    get: (table: TableName, ...key: Value[]) => copy(walk(table, { prefix: key, limit: 1 } as Range<TableName>)[0]),
    list: (table: TableName, range: Range<TableName>) => walk(table, range).map(copy),
    pick: (table: TableName, columns: readonly string[], range: Range<TableName>) =>
      walk(table, range).map((row) => Object.fromEntries(columns.map((column) => [column, row[column]]))),
    count: (table: TableName, range: Range<TableName>) => walk(table, range).length,
    put: (table: TableName, row: object) => {
      const own = { ...row } as Row;
      set(
        table,
        (tables[table].key as readonly string[]).map((column) => own[column] as Value),
        own,
      );
    },
    delete: (table: TableName, ...key: Value[]) => set(table, key, undefined),
    clear: (table: TableName, range: Range<TableName>) => {
      const gone = walk(table, range);
      for (const row of gone) {
        set(
          table,
          (tables[table].key as readonly string[]).map((column) => row[column] as Value),
          undefined,
        );
      }
      return gone.length;
    },
    savepoint: () => undo.length,
    rollback: (mark: number) => {
      while (undo.length > mark) {
        const { table, key, row } = undo.pop() as Undo;
        set(table, key, row);
        undo.pop();
      }
    },
    snapshot: () => memoryTx(data),
    fork: () => memoryTx(data),
  };
  return tx as unknown as MemoryTx;
}

function columnsOf(indexes: object, name: string): readonly string[] {
  return (indexes as Record<string, readonly string[]>)[name] as readonly string[];
}

function copy(row: Row | undefined): Row | undefined {
  return row === undefined ? undefined : { ...row };
}

function sortedBy(rows: Rows, columns: readonly string[]): Rows {
  return [...rows].sort((a, b) =>
    compareTo(
      a,
      columns,
      columns.map((column) => b[column] as Value),
    ),
  );
}

/** The first row that is not below the values of the first columns. */
function lowerBound(rows: Rows, columns: readonly string[], values: readonly Value[]): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareTo(rows[middle] as Row, columns, values) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compareTo(row: Row, columns: readonly string[], values: readonly Value[]): number {
  for (const [i, value] of values.entries()) {
    const order = compare(row[columns[i] as string] as Value, value);
    if (order !== 0) return order;
  }
  return 0;
}

/** Null first; no test here needs blobs or characters beyond the basic plane. */
function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
