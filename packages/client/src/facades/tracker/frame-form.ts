import { invalid } from "@cairn/core";
import type { ColumnTable } from "arquero";
import { cellOf, columnsOf, type Row, toRow } from "./row.ts";

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

/** @throws invalid when it is no data frame, or has a value that no file can hold. */
export function rowsOfFrame(frame: Frame): Row[] {
  if (typeof frame !== "object" || frame === null)
    throw invalid("A data frame has objects(), toArray(), or is a list.");
  return readItems(frame).map((item) => toRow(item));
}

function readItems(frame: Frame): readonly unknown[] {
  try {
    if (Array.isArray(frame)) return frame;
    if ("objects" in frame) return frame.objects();
    if ("toArray" in frame) return frame.toArray();
  } catch (error) {
    // Such as an integer of 64 bits that a library was not told to read as a bigint.
    throw invalid(`The data frame cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
  throw invalid("A data frame has objects(), toArray(), or is a list.");
}
