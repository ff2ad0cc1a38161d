import type { Json } from "@cairn/core";
import { toPlainObject } from "../plain-data.ts";

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

/**
 * What a caller gave, as a row of values that every form of a tracker can hold.
 * @throws invalid when it is no object of columns, and as `toPlain`
 */
export function toRow(given: unknown): Row {
  return toPlainObject(
    given,
    'A row such as { model_name: "A", accuracy: 0.9 }',
    (column) => `The value of '${column}'`,
  );
}
