import { columnText, parseColumn, type RunColumn } from "./run-column.ts";

/** A column that a table shows, and how. */
export interface ShownColumn {
  readonly column: RunColumn;
  readonly isPinned: boolean;
  /** In px; the column's usual width when left out. */
  readonly width?: number | undefined;
}

/**
 * The columns of a table as one text for the address, pinned ones with `!`, a chosen width behind `~`:
 * `!name~240,state,metrics.loss.min~90`.
 */
export function formatColumns(columns: readonly ShownColumn[]): string {
  return columns
    .map(
      ({ column, isPinned, width }) =>
        (isPinned ? "!" : "") + columnText(column) + (width === undefined ? "" : `~${Math.round(width)}`),
    )
    .join(",");
}

/** The reverse. What names no column, or one for the second time, is passed over: people edit addresses. Pinned ones come first. */
export function parseColumns(text: string): ShownColumn[] {
  const seen = new Set<string>();
  const found: ShownColumn[] = [];
  for (const part of splitOutsideQuotes(text)) {
    const [, pin = "", name = "", width] = /^(!?)(.*?)(?:~(\d{1,4}))?$/s.exec(part.trim()) ?? [];
    const column = parseColumn(name);
    if (column === undefined || seen.has(columnText(column))) continue;
    seen.add(columnText(column));
    found.push({ column, isPinned: pin === "!", ...(width === undefined ? {} : { width: Number(width) }) });
  }
  return sortPinned(found);
}

/** Pinned columns stand before all others. */
export function sortPinned(columns: readonly ShownColumn[]): ShownColumn[] {
  return [...columns.filter(({ isPinned }) => isPinned), ...columns.filter(({ isPinned }) => !isPinned)];
}

/** Puts a column before another one, or at the end. Among pinned columns it becomes pinned, among the others it is not. */
export function moveColumn(columns: readonly ShownColumn[], key: string, before: string | undefined): ShownColumn[] {
  const moved = columns.find(({ column }) => columnText(column) === key);
  if (moved === undefined || key === before) return [...columns];
  const rest = columns.filter((one) => one !== moved);
  const found = before === undefined ? -1 : rest.findIndex(({ column }) => columnText(column) === before);
  const at = found < 0 ? rest.length : found;
  const pinned = rest.filter(({ isPinned }) => isPinned).length;
  const isPinned = at < pinned || (at === pinned && moved.isPinned);
  return [...rest.slice(0, at), { ...moved, isPinned }, ...rest.slice(at)];
}

function splitOutsideQuotes(text: string): string[] {
  return text.match(/(?:"(?:[^"]|"")*"|`(?:[^`]|``)*`|[^,"`]|["`])+/g) ?? [];
}
