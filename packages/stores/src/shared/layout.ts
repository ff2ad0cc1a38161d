import { type TableName, tables } from "@cairn/core";

export interface ColumnLayout {
  readonly name: string;
  readonly type: "int" | "real" | "text" | "blob";
  readonly nullable: boolean;
}

export interface IndexLayout {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
  /** The whole order of a walk: the index's columns, then what is left of the key. */
  readonly order: readonly string[];
}

/** A core table, checked and made ready for an adapter. */
export interface TableLayout {
  readonly name: TableName;
  /** In the order in which rows are kept: key, numbers, texts, blobs, so that small fields are read without the large. */
  readonly columns: readonly ColumnLayout[];
  readonly key: readonly string[];
  readonly indexes: readonly IndexLayout[];
  readonly wide: boolean;
}

interface LooseSpec {
  readonly columns: Readonly<Record<string, string>>;
  readonly key: readonly string[];
  readonly indexes: Readonly<Record<string, readonly string[]>>;
  readonly unique: readonly string[];
  readonly wide: boolean;
}

const typeRank = { int: 1, real: 1, text: 2, blob: 3 } as const;

/** All of core's tables, in core's order. */
export const layouts: ReadonlyMap<string, TableLayout> = new Map(
  Object.entries(tables).map(([name, spec]) => [name, buildLayout(name as TableName, spec as unknown as LooseSpec)]),
);

/** @throws Error for a table that core does not have: a defect of the caller. */
export function getLayout(name: string): TableLayout {
  const layout = layouts.get(name);
  if (layout === undefined) throw new Error(`there is no table '${name}'`);
  return layout;
}

/** The columns in whose order a walk goes. */
export function orderOf(layout: TableLayout, index: string | undefined): readonly string[] {
  if (index === undefined) return layout.key;
  const found = layout.indexes.find((candidate) => candidate.name === index);
  if (found === undefined) throw new Error(`table '${layout.name}' has no index '${index}'`);
  return found.order;
}

function buildLayout(name: TableName, spec: LooseSpec): TableLayout {
  const rank = (column: ColumnLayout): number => (spec.key.includes(column.name) ? 0 : typeRank[column.type]);
  const columns = Object.entries(spec.columns).map(([column, type]) => ({
    name: column,
    type: type.replace("?", "") as ColumnLayout["type"],
    nullable: type.endsWith("?"),
  }));
  const keyed = spec.key.map((column) => columns.findIndex((candidate) => candidate.name === column));
  columns.sort((a, b) => rank(a) - rank(b));
  const indexes = Object.entries(spec.indexes).map(([index, indexed]) => ({
    name: index,
    columns: indexed,
    unique: spec.unique.includes(index),
    order: [...indexed, ...spec.key.filter((column) => !indexed.includes(column))],
  }));
  for (const column of [...spec.key, ...indexes.flatMap((index) => index.columns)]) {
    const layout = columns.find((candidate) => candidate.name === column);
    if (keyed.includes(-1) || layout === undefined) throw new Error(`table '${name}' has no column '${column}'`);
    // Ranges would need a rule for where null lies, which no table has needed.
    if (layout.nullable) throw new Error(`column '${column}' of table '${name}' is in a key or index and may be null`);
  }
  return { name, columns, key: spec.key, indexes, wide: spec.wide };
}
