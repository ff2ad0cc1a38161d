import { invalid, type Json, jsonText } from "@cairn/core";
import { cellOf, columnsOf, type Row } from "./row.ts";
import { fromFileTime, TIME_COLUMNS, toFileTime } from "./times.ts";

const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$|^-?Infinity$|^-?inf$|^NaN$|^nan$/;

/**
 * Rows as RFC 4180 CSV with a header. An empty cell is null. A text that would read as something else (`"12"`, `"True"`,
 * `""`) stands in quotes, so that reading gives back exactly what was written; lists and objects stand as JSON text.
 */
export function encodeCsvTracker(rows: readonly Row[]): string {
  const columns = columnsOf(rows);
  const lines = rows.map((row) =>
    columns.map((column) => {
      const cell = cellOf(row, column);
      return encodeCell(TIME_COLUMNS.includes(column) ? toFileTime(cell) : cell);
    }),
  );
  return [columns.map(encodeText), ...lines].map((cells) => `${cells.join(",")}\n`).join("");
}

function encodeCell(value: Json): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  return encodeText(jsonText(value));
}

function encodeText(text: string): string {
  const isPlain = typeof plainCell(text) === "string" && !/[",\r\n]/.test(text) && text.trim() === text;
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}

/** @throws invalid for a quote that never closes, or a line with another number of cells than the header. */
export function decodeCsvTracker(text: string, source: string): Row[] {
  const [header, ...lines] = readCells(text.replace(/^\ufeff/, ""), source);
  if (header === undefined) return [];
  const columns = header.map(({ text: name }) => name);
  // Other hands end files with empty lines; where there is one column, an empty line is a row.
  const isRow = (cells: readonly Cell[]) => columns.length === 1 || cells.length > 1 || cells[0]?.text !== "";
  if (new Set(columns).size < columns.length) throw invalid(`The tracker '${source}' has a column twice.`);
  return lines.filter(isRow).map((cells, i) => {
    if (cells.length !== columns.length) {
      throw invalid(`Row ${i + 1} of the tracker '${source}' has ${cells.length} cells, not ${columns.length}.`);
    }
    return Object.fromEntries(
      cells.map(({ text: cell, quoted }, at) => {
        const column = columns[at] as string;
        const value = quoted ? cell : plainCell(cell);
        return [column, TIME_COLUMNS.includes(column) ? fromFileTime(value) : value];
      }),
    );
  });
}

/** What a cell without quotes says. */
function plainCell(text: string): Json {
  if (text === "") return null;
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  if (!NUMBER.test(text) || /^-?0\d/.test(text)) return text;
  if (/nan/i.test(text)) return Number.NaN;
  if (/inf/i.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  // Digits that a number cannot hold are an identifier, not a quantity.
  const isLong = /^-?\d+$/.test(text) && BigInt(text) !== BigInt(Number(text)) && String(Number(text)) !== text;
  return isLong ? text : Number(text);
}

interface Cell {
  readonly text: string;
  readonly quoted: boolean;
}

function readCells(text: string, source: string): Cell[][] {
  const lines: Cell[][] = [];
  let line: Cell[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/y;
  while (pattern.lastIndex < text.length || line.length > 0) {
    const found = pattern.exec(text);
    if (found === null) throw invalid(`The tracker '${source}' is not CSV: a quote is never closed, or stands alone.`);
    const [, quoted, plain, end] = found;
    line.push({ text: quoted?.replaceAll('""', '"') ?? plain ?? "", quoted: quoted !== undefined });
    if (end === ",") continue;
    lines.push(line);
    line = [];
  }
  return lines;
}
