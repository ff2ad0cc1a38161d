import type { ColumnPlace } from "./use-column-layout.ts";

/** Columns beyond each edge that exist too, so that a short scroll shows no gap. */
const OVERSCAN = 2;

/**
 * Which of the columns that scroll are in sight.
 *
 * @param places in their order, without gaps.
 * @param from in px of the scrolled columns, where the window onto them begins.
 * @returns the first, and the one behind the last.
 */
export function columnsInSight(
  places: readonly Pick<ColumnPlace<never>, "start" | "width">[],
  from: number,
  width: number,
): readonly [first: number, end: number] {
  let first = 0;
  while (first < places.length && endOf(places[first]) <= from) first++;
  let end = first;
  while (end < places.length && (places[end]?.start ?? 0) < from + width) end++;
  return [Math.max(0, first - OVERSCAN), Math.min(places.length, end + OVERSCAN)];
}

function endOf(place: { readonly start: number; readonly width: number } | undefined): number {
  return place === undefined ? 0 : place.start + place.width;
}
