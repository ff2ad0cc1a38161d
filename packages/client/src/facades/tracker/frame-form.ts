import { invalid, type Json } from "@cairn/core";
import { cellOf, columnsOf, type Row } from "./row.ts";

/** Any data frame that can tell its rows: arquero's has `objects()`, Arrow's `toArray()`. */
export type Frame = { objects(): readonly object[] } | { toArray(): readonly unknown[] } | readonly object[];

/** Column by column, each as long as there are rows: what makers of data frames take. */
export function toColumns(rows: readonly Row[]): Record<string, Json[]> {
  return Object.fromEntries(columnsOf(rows).map((column) => [column, rows.map((row) => cellOf(row, column))]));
}

/** @throws invalid when it is no data frame. */
export function rowsOfFrame(frame: Frame): Row[] {
  if (typeof frame !== "object" || frame === null)
    throw invalid("A data frame has objects(), toArray(), or is a list.");
  const items = Array.isArray(frame)
    ? frame
    : "objects" in frame
      ? frame.objects()
      : "toArray" in frame
        ? frame.toArray()
        : undefined;
  if (items === undefined) throw invalid("A data frame has objects(), toArray(), or is a list.");
  return items.map((item: unknown) => {
    const row = (item as { toJSON?: () => object }).toJSON?.() ?? (item as object);
    return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, cellValue(value)]));
  });
}

function cellValue(value: unknown): Json {
  if (value === undefined) return null;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value instanceof Date ? value.toISOString() : (value as Json);
}
