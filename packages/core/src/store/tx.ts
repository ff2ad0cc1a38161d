import type { Value } from "./table.ts";
import type { IndexOf, RowOf, TableName } from "./tables.ts";

/**
 * A stretch of rows in the order of the key or of an index. `prefix` fixes the first columns to values;
 * `from` (inclusive), `after` and `to` (both exclusive) bound the column after the prefix.
 */
export interface Range<T extends TableName> {
  /** An index of the table; the key when left out. */
  readonly index?: IndexOf<T>;
  readonly prefix: readonly Value[];
  readonly from?: Value;
  readonly after?: Value;
  readonly to?: Value;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/**
 * One consistent snapshot of the rows. Synchronous: core's rules run beside the rows, in the adapter's thread.
 * Texts order by code point. Rows that come out are the caller's own: changing one changes nothing until it is put.
 */
export interface ReadTx {
  get<T extends TableName>(table: T, ...key: Value[]): RowOf<T> | undefined;
  list<T extends TableName>(table: T, range: Range<T>): RowOf<T>[];
  /** As `list`, but only the named columns are read: the way to a row's small fields without its blobs. */
  pick<T extends TableName, C extends keyof RowOf<T> & string>(
    table: T,
    columns: readonly C[],
    range: Range<T>,
  ): Pick<RowOf<T>, C>[];
  /** How many rows are in the range. */
  count<T extends TableName>(table: T, range: Range<T>): number;
}

/** The one writer's view: it sees its own puts at once. Nothing is durable, or seen by others, before the adapter commits. */
export interface Tx extends ReadTx {
  /** Inserts the row, or replaces the one with its key. */
  put<T extends TableName>(table: T, row: RowOf<T>): void;
  /** Removes the row with this key, if there is one. */
  delete<T extends TableName>(table: T, ...key: Value[]): void;
  /** Removes all rows of a key range (no index) and says how many. `limit` bounds a slice. */
  clear<T extends TableName>(table: T, range: Omit<Range<T>, "index" | "reverse">): number;
}
