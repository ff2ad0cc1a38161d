import { invalid, type Json } from "@cairn/core";
import type { ColumnTable } from "arquero";
import { cellOf, columnsOf, type Row } from "./row.ts";

/** Any data frame that can tell its rows: arquero's has `objects()`, Arrow's `toArray()`. */
export type Frame = { objects(): readonly object[] } | { toArray(): readonly unknown[] } | readonly object[];

/** Rows as an Arquero table; a cell that is missing is null. */
export async function buildFrame(rows: readonly Row[]): Promise<ColumnTable> {
  const { table } = await import("arquero");
  const columns = columnsOf(rows);
  return table(
    columns.map((column) => [column, rows.map((row) => cellOf(row, column))]),
    columns,
  );
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
