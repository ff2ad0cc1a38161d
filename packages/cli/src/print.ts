import Table from "cli-table3";
import pc from "picocolors";

/** JSON for programs: one document, indented, with NaN and ±Infinity by name. */
export function printJson(value: unknown): void {
  const text = JSON.stringify(
    value,
    (_key, inner: unknown) => (typeof inner === "number" && !Number.isFinite(inner) ? String(inner) : inner),
    2,
  );
  process.stdout.write(`${text}\n`);
}

/** A table without walls: columns aligned, heads dimmed. Texts are cut so that a row stays a line of the terminal. */
export function printTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): void {
  const none = {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
  };
  const walls = {
    "bottom-right": "",
    left: "",
    "left-mid": "",
    mid: "",
    "mid-mid": "",
    right: "",
    "right-mid": "",
    middle: "  ",
  };
  const table = new Table({
    head: heads.map((head) => pc.dim(head)),
    chars: { ...none, ...walls },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colAligns: heads.map((_, i) => (right.includes(i) ? "right" : "left")),
  });
  for (const row of rows) table.push([...row]);
  process.stdout.write(`${table.toString().replace(/[ \t]+$/gm, "")}\n`);
}

export function print(text = ""): void {
  process.stdout.write(`${text}\n`);
}

/**
 * User text for a table's cell or a line: one line, at most `width` characters. Control characters become blanks, so
 * that what users stored cannot repaint the terminal.
 */
export function cell(text: string, width = 40): string {
  const characters = Array.from(text, (character) => (isControl(character) ? " " : character));
  return characters.length <= width ? characters.join("") : `${characters.slice(0, width - 1).join("")}…`;
}

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    code < 32 || (code >= 127 && code < 160) || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
  );
}
