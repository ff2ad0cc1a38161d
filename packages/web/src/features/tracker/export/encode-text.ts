import { csvRow } from "../../../lib/csv.ts";
import type { CellValue, DataColumn } from "./table-data.ts";

/** CSV in UTF-8: times in ISO 8601, NaN and the infinities by their names, nothing for what is missing. */
export function encodeCsv(columns: readonly DataColumn[]): string {
  const count = columns[0]?.values.length ?? 0;
  const lines = [csvRow(columns.map(({ name }) => name))];
  for (let row = 0; row < count; row++) {
    lines.push(csvRow(columns.map(({ type, values }) => (type === "time" ? timeText(values[row]) : values[row]))));
  }
  return lines.join("");
}

function timeText(value: CellValue | undefined): string | null {
  return value === null || value === undefined ? null : new Date(Number(value)).toISOString();
}

/** JSON: a list with an object for each run. What JSON cannot say of a number (NaN, Infinity) is its name as a text. */
export function encodeJson(columns: readonly DataColumn[]): string {
  const count = columns[0]?.values.length ?? 0;
  const rows = Array.from({ length: count }, (_, row) =>
    Object.fromEntries(columns.map((column) => [column.name, jsonValue(column, row)])),
  );
  return `${JSON.stringify(rows, null, 1)}\n`;
}

function jsonValue({ type, values }: DataColumn, row: number): CellValue {
  const value = values[row] ?? null;
  if (value === null) return null;
  if (type === "time") return timeText(value);
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
