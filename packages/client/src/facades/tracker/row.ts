import { invalid, type Json } from "@cairn/core";

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
 * What a caller gave, as a row.
 * @throws invalid when it is no object of columns, and as `toCell`.
 */
export function toRow(given: unknown): Row {
  const row = asJson(given);
  if (typeof row !== "object" || row === null || isList(row)) {
    throw invalid(`A row is an object such as { model_name: "A", accuracy: 0.9 }, not ${nameOf(given)}.`);
  }
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toCell(value, column)]));
}

/**
 * A value as every form of a tracker can hold it: a date is its ISO text, an integer beyond 2^53 its digits, undefined null;
 * lists of any kind (typed arrays, Arrow's vectors) are lists.
 * @throws invalid for functions, symbols and objects that are no plain data, naming the column
 */
export function toCell(value: unknown, column: string, depth = 0): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (depth > MAX_DEPTH) throw invalid(`The value of '${column}' is nested too deeply.`, { column });
  const data = asJson(value);
  if (data !== value) return toCell(data, column, depth + 1);
  if (isList(value)) return Array.from(value, (item) => toCell(item, column, depth + 1));
  if (typeof value === "object" && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toCell(item, column, depth + 1)]));
  }
  throw invalid(`The value of '${column}' is ${nameOf(value)}, which no tracker can hold: give plain data.`, {
    column,
  });
}

const MAX_DEPTH = 64;

/** Dates, and rows and vectors of data frames, say themselves what they are as JSON. */
function asJson(value: unknown): unknown {
  const { toJSON } = Object(value) as { toJSON?: unknown };
  return typeof toJSON === "function" ? toJSON.call(value) : value;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  const name = typeof value === "object" ? (value.constructor?.name ?? "object") : typeof value;
  return `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
}
