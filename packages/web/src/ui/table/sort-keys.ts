import type { SortKey } from "./table-types.ts";

/**
 * What a click on a header asks for: first ascending, then descending, then no order by this column. With `isAdded` the other
 * columns stay, and the clicked one decides after them.
 *
 * @param startsDescending for columns whose large values are looked for first.
 */
export function nextOrder(
  order: readonly SortKey[],
  key: string,
  { isAdded, startsDescending = false }: { readonly isAdded: boolean; readonly startsDescending?: boolean | undefined },
): readonly SortKey[] {
  const present = order.find((one) => one.key === key);
  const others = isAdded ? order.filter((one) => one.key !== key) : [];
  if (present === undefined) return [...others, { key, descending: startsDescending }];
  if (present.descending !== startsDescending) return others;
  const turned = { key, descending: !startsDescending };
  return isAdded ? order.map((one) => (one.key === key ? turned : one)) : [turned];
}
