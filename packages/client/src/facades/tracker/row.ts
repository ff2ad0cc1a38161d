import type { Json } from "@cairn/core";

/** One experiment of a tracker: `{ column: value }`. A cell that is missing is null. */
export type Row = Readonly<Record<string, Json>>;

/** The names of all columns, each once, in the order in which they first stand. */
export function columnsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/** What a row has in a column; never what all objects have. */
export function cellOf(row: Row, column: string): Json {
  return Object.hasOwn(row, column) ? (row[column] ?? null) : null;
}
