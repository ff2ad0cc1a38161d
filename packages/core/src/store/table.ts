/** What a column can hold. A `real` cannot hold NaN (SQLite keeps it as NULL): the tables that may meet one say how they tell. */
export type Value = number | string | Uint8Array | null;

type TypeOf<V> = [V] extends [Uint8Array | null]
  ? null extends V
    ? "blob?"
    : "blob"
  : [V] extends [string | null]
    ? null extends V
      ? "text?"
      : "text"
    : null extends V
      ? "int?" | "real?"
      : "int" | "real";

/**
 * A table as data: adapters make their schema and their statements from it. A column of a type with `?` may be null.
 * - `key`: the columns that name a row. One `int` column alone is the row id.
 * - `indexes`: further orders in which `list` may walk. Rows of equal index columns follow in key order.
 * - `unique`: the indexes whose columns no two rows share (checked by core before it puts; the schema says it again).
 * - `wide`: rows carry large blobs, so an adapter should not keep them inside the key's tree.
 */
export interface TableSpec<R> {
  readonly columns: { readonly [K in keyof R]-?: TypeOf<R[K]> };
  readonly key: readonly (keyof R & string)[];
  readonly indexes: { readonly [name: string]: readonly (keyof R & string)[] };
  readonly unique: readonly string[];
  readonly wide: boolean;
}

/** Names a row type for a spec; `table<RunRow>()({...})` keeps the index names as literals. */
export function table<R>() {
  return <const I extends { readonly [name: string]: readonly (keyof R & string)[] } = Record<never, never>>(spec: {
    readonly columns: TableSpec<R>["columns"];
    readonly key: readonly (keyof R & string)[];
    readonly indexes?: I;
    readonly unique?: readonly (keyof I & string)[];
    readonly wide?: boolean;
  }): TableSpec<R> & { readonly indexes: I; readonly row?: R } => ({
    columns: spec.columns,
    key: spec.key,
    indexes: spec.indexes ?? ({} as I),
    unique: spec.unique ?? [],
    wide: spec.wide ?? false,
  });
}
