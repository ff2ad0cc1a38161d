import type { ColumnLayout } from "./use-column-layout.ts";

/** What of the table's box is asked for. */
export interface TableBox {
  readonly scrollLeft: number;
  getBoundingClientRect(): { readonly left: number };
}

/**
 * Where a column that is dragged over a point would go.
 *
 * @param x in the window's px.
 * @returns the column it would stand before, undefined for the end, and where to mark that, in px of the scrolled content.
 */
export function columnAt<R>(
  { pinned, others, pinnedWidth }: ColumnLayout<R>,
  x: number,
  box: TableBox,
): { readonly before: string | undefined; readonly x: number } {
  const inside = x - box.getBoundingClientRect().left;
  const places = [...pinned, ...others];
  const isOverPinned = inside < pinnedWidth;
  const candidates = isOverPinned ? pinned : others;
  const offset = isOverPinned ? inside : inside + box.scrollLeft - pinnedWidth;
  const base = isOverPinned ? box.scrollLeft : pinnedWidth;
  for (const { column, start, width, index } of candidates) {
    if (offset >= start + width / 2) continue;
    if (!column.isFixed) return { before: column.key, x: base + start };
    const next = places[index + 1];
    return { before: next?.column.key, x: base + start + width };
  }
  const last = candidates.at(-1);
  const next = last === undefined ? undefined : places[last.index + 1];
  return { before: next?.column.key, x: base + (last === undefined ? 0 : last.start + last.width) };
}
