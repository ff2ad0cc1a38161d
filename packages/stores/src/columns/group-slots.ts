import { createGroups, type Field, type Group } from "@cairn/core";
import type { ColumnView } from "./column-cache.ts";

/** Slots, the newest first, by the values of a field, with the latest values of metrics over each group. */
export function groupSlots(
  view: ColumnView,
  slots: Int32Array,
  by: Field,
  metrics: readonly string[],
): readonly Group[] {
  const grouping = view.column(by).grouping();
  const created = view.column({ kind: "attribute", name: "created" });
  const columns = metrics.map((key) => view.column({ kind: "metric", key, stat: "latest" }));
  const builder = createGroups(metrics.length);
  /** By the column's number for a value: different texts may be one group. */
  const numbers: number[] = [];
  const latest: (number | null)[] = metrics.map(() => null);
  let at = 0;
  let isAlone = true;
  const put = (value: number): void => {
    isAlone = false;
    numbers[value] ??= builder.numberOf(grouping.valueOf(value));
    builder.add(numbers[value], at, latest);
  };
  for (const slot of slots) {
    isAlone = true;
    at = created.key(slot, false) as number;
    for (let i = 0; i < columns.length; i++) latest[i] = columns[i]?.key(slot, false) as number | null;
    grouping.each(slot, put);
    if (isAlone) builder.add(builder.numberOf(null), at, latest);
  }
  return builder.groups;
}
