export interface CsvTable {
  /** The first row is the header, as it stands. */
  readonly rows: readonly (readonly string[])[];
  /** There was more than what was asked for. */
  readonly isCut: boolean;
}

/**
 * RFC 4180, and what spreadsheets make of it: any line ends, quotes doubled within quotes, a last line without its end. A quote that
 * is never closed reaches to the end. Empty lines are passed over.
 *
 * @param maxRows of data, without the header.
 * @example
 * parseCsv('a,b\n1,"x, y"\n').rows; // [["a", "b"], ["1", "x, y"]]
 */
export function parseCsv(text: string, delimiter = ",", maxRows = Number.POSITIVE_INFINITY): CsvTable {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith("\ufeff") ? 1 : 0;
  while (at < text.length) {
    const cell = text[at] === '"' ? quotedCell(text, at, delimiter) : plainCell(text, at, delimiter);
    row.push(cell.value);
    at = cell.end;
    if (text[at] === delimiter) {
      at++;
      if (at === text.length) row.push("");
      else continue;
    } else {
      at += text.startsWith("\r\n", at) ? 2 : 1;
    }
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
    if (rows.length > maxRows) return { rows, isCut: /[^\r\n]/.test(text.slice(at)) };
  }
  if (row.length > 0) rows.push(row);
  return { rows, isCut: false };
}

interface Cell {
  readonly value: string;
  /** Where the delimiter, the line's end or the text's end is. */
  readonly end: number;
}

function plainCell(text: string, start: number, delimiter: string): Cell {
  let end = start;
  while (end < text.length) {
    const char = text[end];
    if (char === delimiter || char === "\n" || char === "\r") break;
    end++;
  }
  return { value: text.slice(start, end), end };
}

function quotedCell(text: string, start: number, delimiter: string): Cell {
  let value = "";
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { value: value + text.slice(at), end: text.length };
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      const rest = plainCell(text, quote + 1, delimiter);
      return { value: value + rest.value, end: rest.end };
    }
    value += '"';
    at = quote + 2;
  }
}

/** What stands most often in the first line, outside quotes, of what usually parts cells. */
export function delimiterOf(text: string): string {
  const line = (/^[^\r\n]*/.exec(text)?.[0] ?? "").replace(/"[^"]*"/g, "");
  const counts = [",", "\t", ";", "|"].map((char) => [char, line.split(char).length] as const);
  return counts.reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

/** Whether every cell of a column is a number or nothing, and one is: such columns are aligned at their end. */
export function isNumberColumn(rows: readonly (readonly string[])[], column: number): boolean {
  let isSeen = false;
  for (const row of rows) {
    const cell = row[column]?.trim() ?? "";
    if (cell === "") continue;
    if (!/^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|nan|inf(?:inity)?)$/i.test(cell)) return false;
    isSeen = true;
  }
  return isSeen;
}
