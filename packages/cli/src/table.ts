import { cut, displayWidth } from "./width.ts";

export interface Column {
  readonly head: string;
  /** Figures stand to the right. They are never cut, because a cut number is another number: the column is left out. */
  readonly isNumber?: boolean;
}

/** Columns of text may shrink to this. */
const NARROWEST = 12;
const GAP = "  ";

export interface TableOptions {
  /** Columns of the terminal; as wide as the texts when left out. */
  readonly width?: number | undefined;
  /** Applied to the line of heads. */
  readonly paintHead?: ((text: string) => string) | undefined;
}

/**
 * A table without walls, a line for each row. When the terminal is too narrow, the last columns are left out as long as
 * even the narrowest form does not fit, then the widest texts are cut.
 * @param rows cells may hold colours, but then stay narrower than 12 columns: cutting would lose the end of the colour.
 * @returns the lines and the heads of the columns that did not fit.
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { width = Number.POSITIVE_INFINITY, paintHead = (text) => text }: TableOptions = {},
): { readonly lines: string[]; readonly left: string[] } {
  const natural = columns.map(({ head }, i) =>
    rows.reduce((widest, row) => Math.max(widest, displayWidth(row[i] ?? "")), displayWidth(head)),
  );
  const shown = countFitting(columns, natural, width);
  const widths = shrink(columns.slice(0, shown), natural.slice(0, shown), width);
  const line = (cells: readonly string[]): string =>
    widths
      .map((room, i) => align(cells[i] ?? "", room, columns[i]?.isNumber === true))
      .join(GAP)
      .trimEnd();
  const heads = columns.map(({ head }) => head);
  return { lines: [paintHead(line(heads)), ...rows.map(line)], left: heads.slice(shown) };
}

function countFitting(columns: readonly Column[], natural: readonly number[], width: number): number {
  let shown = columns.length;
  const narrowest = (count: number): number =>
    natural
      .slice(0, count)
      .reduce(
        (sum, room, i) => sum + (columns[i]?.isNumber ? room : Math.min(room, NARROWEST)),
        GAP.length * (count - 1),
      );
  while (shown > 1 && narrowest(shown) > width) shown--;
  return shown;
}

/** Takes room from the widest text, one column at a time, until the line fits. */
function shrink(columns: readonly Column[], natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  let over = widths.reduce((sum, room) => sum + room, GAP.length * (widths.length - 1)) - width;
  while (over > 0) {
    let widest = -1;
    widths.forEach((room, i) => {
      if (columns[i]?.isNumber !== true && room > NARROWEST && room > (widths[widest] ?? 0)) widest = i;
    });
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    over--;
  }
  return widths;
}

function align(text: string, room: number, toTheRight: boolean): string {
  const width = displayWidth(text);
  if (width > room) return align(cut(text, room), room, toTheRight);
  const blanks = " ".repeat(room - width);
  return toTheRight ? blanks + text : text + blanks;
}
