import { invalid, type Json } from "@cairn/core";
import { cellOf, columnsOf, type Row } from "./row.ts";
import { fromFileTime, TIME_COLUMNS, toFileTime } from "./times.ts";

/**
 * Rows as the origin's file (pandas' `to_json`): column by column, `{"acc":{"0":0.9},"model_name":{"0":"A"}}`. Numbers
 * keep all their digits; NaN and ±Infinity become null, because JSON has no word for them.
 */
export function encodeJsonTracker(rows: readonly Row[]): string {
  const columns = columnsOf(rows).map((column) => {
    const isTime = TIME_COLUMNS.includes(column);
    const cells = rows.map((row, i) => {
      const cell = cellOf(row, column);
      return `"${i}":${JSON.stringify(isTime ? toFileTime(cell) : cell)}`;
    });
    return `${JSON.stringify(column)}:{${cells.join(",")}}`;
  });
  return `{${columns.join(",")}}`;
}

/** @throws invalid when the text is no such file; `source` names it. */
export function decodeJsonTracker(text: string, source: string): Row[] {
  let table: unknown;
  try {
    table = JSON.parse(text);
  } catch (error) {
    throw invalid(`The tracker '${source}' is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (!isObject(table) || !Object.values(table).every(isObject)) {
    throw invalid(`The tracker '${source}' must be {"column": {"0": value, …}, …}.`);
  }
  const columns = Object.entries(table as Record<string, Record<string, Json>>);
  const index = new Set(columns.flatMap(([, cells]) => Object.keys(cells)));
  // fromEntries, because a column may be named __proto__.
  return [...index].map((at) =>
    Object.fromEntries(
      columns.map(([column, cells]) => {
        const cell = cellOf(cells, at);
        return [column, TIME_COLUMNS.includes(column) ? fromFileTime(cell) : cell];
      }),
    ),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
