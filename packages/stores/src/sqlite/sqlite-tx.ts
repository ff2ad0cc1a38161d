import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { Tx, Value } from "@cairn/core";
import { getLayout } from "../shared/layout.ts";
import { runColumnOf } from "./search-log.ts";
import {
  buildClear,
  buildCount,
  buildDelete,
  buildGet,
  buildList,
  buildPut,
  buildPutBeside,
  type RangeShape,
} from "./sql.ts";

interface LooseRange {
  readonly index?: string;
  readonly prefix: readonly Value[];
  readonly from?: Value;
  readonly after?: Value;
  readonly to?: Value;
  readonly reverse?: boolean;
  readonly limit?: number;
}

type LooseRow = Record<string, Value>;

/** What the writer wants to know of changes before they happen. A reader gives none and must not write. */
export interface WriteHooks {
  /** Called before each write: the moment to open a savepoint. */
  beforeWrite(): void;
  /** A row of the table is put, or will be gone. */
  touched(table: string, row: LooseRow): void;
  /** The tables for which `touched` is called. */
  readonly watched: ReadonlySet<string>;
}

/**
 * Rows over prepared statements, one for each (table, operation, shape), made when first needed. They run in whatever
 * transaction the connection is in.
 */
export function createSqliteTx(database: DatabaseSync, hooks?: WriteHooks): Tx {
  const statements = new Map<string, StatementSync>();
  const beside = new Map<string, StatementSync | null>();

  function prepare(key: string, build: () => string): StatementSync {
    let statement = statements.get(key);
    if (statement === undefined) {
      statement = database.prepare(build());
      statement.setReturnArrays(true);
      statements.set(key, statement);
    }
    return statement;
  }

  function select(name: string, columns: readonly string[], range: LooseRange): LooseRow[] {
    const shape = shapeOf(range);
    const statement = prepare(`list ${name} ${columns.join()} ${shapeKey(shape)}`, () =>
      buildList(getLayout(name), columns, shape),
    );
    const rows = statement.all(...bindings(range)) as unknown as Value[][];
    return rows.map((values) => toRow(columns, values));
  }

  function get(name: string, ...key: Value[]): LooseRow | undefined {
    const statement = prepare(`get ${name}`, () => buildGet(getLayout(name)));
    const values = statement.get(...key) as unknown as Value[] | undefined;
    return values === undefined ? undefined : toRow(columnsOf(name), values);
  }

  /** False when the row's place in some index changes, or there is no index: then the whole row must be put. */
  function putBeside(name: string, values: readonly SQLInputValue[]): boolean {
    const known = beside.get(name);
    const statement = known === undefined ? prepareBeside(name) : known;
    return statement !== null && statement.run(...values).changes === 1;
  }

  function prepareBeside(name: string): StatementSync | null {
    const sql = buildPutBeside(getLayout(name));
    const statement = sql === null ? null : database.prepare(sql);
    beside.set(name, statement);
    return statement;
  }

  const tx = {
    get,
    list: (name: string, range: LooseRange) => select(name, columnsOf(name), range),
    pick: (name: string, columns: readonly string[], range: LooseRange) => select(name, columns, range),
    count(name: string, range: LooseRange): number {
      const shape = shapeOf(range);
      const statement = prepare(`count ${name} ${shapeKey(shape)}`, () => buildCount(getLayout(name), shape));
      const [count] = statement.get(...bindings(range)) as unknown as [number];
      return count;
    },
    put(name: string, row: LooseRow): void {
      hooks?.beforeWrite();
      const columns = columnsOf(name);
      const values: SQLInputValue[] = new Array(columns.length);
      for (let i = 0; i < columns.length; i++) values[i] = row[columns[i] as string] ?? null;
      if (!putBeside(name, values)) prepare(`put ${name}`, () => buildPut(getLayout(name))).run(...values);
      if (hooks?.watched.has(name)) hooks.touched(name, row);
    },
    delete(name: string, ...key: Value[]): void {
      hooks?.beforeWrite();
      if (hooks?.watched.has(name)) {
        const row = get(name, ...key);
        if (row !== undefined) hooks.touched(name, row);
      }
      prepare(`delete ${name}`, () => buildDelete(getLayout(name))).run(...key);
    },
    clear(name: string, range: LooseRange): number {
      hooks?.beforeWrite();
      if (hooks?.watched.has(name)) {
        const key = runColumnOf(name);
        for (const row of select(name, [key], range)) hooks.touched(name, row);
      }
      const shape = shapeOf(range);
      const statement = prepare(`clear ${name} ${shapeKey(shape)}`, () => buildClear(getLayout(name), shape));
      return Number(statement.run(...bindings(range)).changes);
    },
  };
  return tx as unknown as Tx;
}

const columnNames = new Map<string, readonly string[]>();

function columnsOf(name: string): readonly string[] {
  let columns = columnNames.get(name);
  if (columns === undefined) {
    columns = getLayout(name).columns.map((column) => column.name);
    columnNames.set(name, columns);
  }
  return columns;
}

function toRow(columns: readonly string[], values: readonly Value[]): LooseRow {
  const row: LooseRow = {};
  for (let i = 0; i < columns.length; i++) row[columns[i] as string] = values[i] as Value;
  return row;
}

function shapeOf(range: LooseRange): RangeShape {
  return {
    index: range.index,
    prefix: range.prefix.length,
    from: range.from !== undefined,
    after: range.after !== undefined,
    to: range.to !== undefined,
    reverse: range.reverse === true,
    limit: range.limit !== undefined,
  };
}

function shapeKey(shape: RangeShape): string {
  const flags =
    (shape.from ? 1 : 0) |
    (shape.after ? 2 : 0) |
    (shape.to ? 4 : 0) |
    (shape.reverse ? 8 : 0) |
    (shape.limit ? 16 : 0);
  return `${shape.index ?? ""} ${shape.prefix} ${flags}`;
}

function bindings(range: LooseRange): Value[] {
  const values = [...range.prefix];
  if (range.from !== undefined) values.push(range.from);
  if (range.after !== undefined) values.push(range.after);
  if (range.to !== undefined) values.push(range.to);
  if (range.limit !== undefined) values.push(range.limit);
  return values;
}
