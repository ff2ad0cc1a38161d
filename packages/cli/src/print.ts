import { paint } from "./paint.ts";
import { type Column, formatTable } from "./table.ts";
import { cut } from "./width.ts";

/** JSON for programs: one document, indented, with NaN and ±Infinity by name. */
export function printJson(value: unknown): void {
  const text = JSON.stringify(
    value,
    (_key, inner: unknown) => (typeof inner === "number" && !Number.isFinite(inner) ? String(inner) : inner),
    2,
  );
  process.stdout.write(`${text}\n`);
}

/** A table that fits the terminal, with its heads dimmed. Into a pipe it goes in full width. */
export function printTable(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const width = process.stdout.isTTY ? process.stdout.columns : undefined;
  const { lines, left } = formatTable(columns, rows, { width, paintHead: paint.dim });
  process.stdout.write(`${lines.join("\n")}\n`);
  if (left.length > 0) print(paint.dim(`Not shown, for want of room: ${left.join(", ")}.`));
}

export function print(text = ""): void {
  process.stdout.write(`${text}\n`);
}

/**
 * User text for a table's cell or a line: one line, at most `width` columns. Control characters become blanks, so that
 * what users stored cannot repaint the terminal.
 */
export function cell(text: string, width = 40): string {
  return cut(PLAIN.test(text) ? text : text.replace(UNPRINTABLE, " "), width);
}

const PLAIN = /^[\x20-\x7e]*$/;

/** Control characters, line ends, marks that turn the direction of writing, and halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;
