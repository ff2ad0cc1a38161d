import type { Tx, Value } from "@cairn/core";

type Row = Readonly<Record<string, Value>>;

interface LooseRange {
  readonly index?: string;
  readonly prefix: readonly Value[];
  readonly limit?: number;
}

interface LooseTx {
  get(table: string, ...key: Value[]): Row | undefined;
  list(table: string, range: LooseRange): Row[];
  put(table: string, row: Row): void;
  delete(table: string, ...key: Value[]): void;
  clear(table: string, range: LooseRange): number;
}

/** Asked for by every call that logs: whether the run is there and takes writes. */
const KEPT: readonly string[] = ["runs", "experiments"];
/** Rows kept of a table. A run's row is some hundred bytes. */
const MOST_ROWS = 4096;

export interface KeptRows {
  readonly tx: Tx;
  /** What was read since the last write may have been undone: call after every rollback, of a savepoint too. */
  forget(): void;
}

/**
 * Keeps single rows of small tables, found by their key or by one value of an index, until their table is written: the
 * writing connection is the only one that changes them. What was not found is not kept.
 */
export function keepRows(inner: Tx): KeptRows {
  const tx = inner as unknown as LooseTx;
  const tables = new Map(KEPT.map((table) => [table, new Map<string, Row>()]));

  function keep(rows: Map<string, Row>, key: string, find: () => Row | undefined): Row | undefined {
    const known = rows.get(key);
    if (known !== undefined) return { ...known };
    const found = find();
    if (found === undefined) return undefined;
    if (rows.size >= MOST_ROWS) rows.clear();
    rows.set(key, found);
    return { ...found };
  }

  const own: LooseTx = {
    get(table, ...key) {
      const rows = tables.get(table);
      return rows === undefined ? tx.get(table, ...key) : keep(rows, key.join(), () => tx.get(table, ...key));
    },
    list(table, range) {
      const rows = tables.get(table);
      if (rows === undefined || !isOne(range)) return tx.list(table, range);
      const row = keep(rows, `${range.index} ${range.prefix[0]}`, () => tx.list(table, range)[0]);
      return row === undefined ? [] : [row];
    },
    put(table, row) {
      tables.get(table)?.clear();
      tx.put(table, row);
    },
    delete(table, ...key) {
      tables.get(table)?.clear();
      tx.delete(table, ...key);
    },
    clear(table, range) {
      tables.get(table)?.clear();
      return tx.clear(table, range);
    },
  };
  return {
    tx: { ...inner, ...own } as unknown as Tx,
    forget() {
      for (const rows of tables.values()) rows.clear();
    },
  };
}

/** The first row with one value in an index, and nothing else asked: `limit` is all that may stand beside it. */
function isOne(range: LooseRange): boolean {
  return range.limit === 1 && range.index !== undefined && range.prefix.length === 1 && Object.keys(range).length === 3;
}
