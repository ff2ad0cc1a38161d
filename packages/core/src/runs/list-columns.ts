import { formatField } from "../search/format.ts";
import { type KeyCounts, valueTypes } from "../search/keys.ts";
import { compareText } from "../search/text-order.ts";
import { parseSeriesKey } from "../series/key.ts";
import type { ReadTx } from "../store/tx.ts";
import type { ColumnsQuery } from "./check-columns.ts";
import type { TableColumns } from "./columns.ts";
import { nameText } from "./names.ts";

/** Counts by names' numbers → columns by their texts, the most used first. */
export function listColumns(tx: ReadTx, counts: KeyCounts, { contains, limit }: ColumnsQuery): TableColumns {
  const needle = contains.toLowerCase();
  let more = false;
  const pick = <C extends { readonly runs: number }>(columns: C[], textOf: (column: C) => string): C[] => {
    const found = needle === "" ? columns : columns.filter((column) => textOf(column).toLowerCase().includes(needle));
    found.sort((a, b) => b.runs - a.runs || compareText(textOf(a), textOf(b)));
    if (found.length > limit) more = true;
    return found.slice(0, limit);
  };
  const keyOf = (column: { readonly key: string }) => column.key;
  const parameters = Array.from(counts.parameters, ([name, { runs, distinct, group, types }]) => {
    const key = nameText(tx, name);
    const field = formatField({ kind: "parameter", key });
    const held = valueTypes.filter((_, bit) => (types & (1 << bit)) !== 0);
    return { key, field, group: key.slice(0, group), runs, distinct, types: held };
  });
  const metrics = Array.from(counts.metrics, ([id, runs]) => {
    const key = nameText(tx, id);
    const { name, phase } = parseSeriesKey(key);
    return { key, field: formatField({ kind: "metric", key, stat: "latest" }), name, phase, runs };
  });
  const tags = Array.from(counts.tags, ([name, runs]) => {
    const key = nameText(tx, name);
    return { key, field: formatField({ kind: "tag", key }), runs };
  });
  const labels = Array.from(counts.labels, ([label, runs]) => ({ label, runs }));
  return {
    runs: counts.runs,
    parameters: pick(parameters, keyOf),
    metrics: pick(metrics, keyOf),
    tags: pick(tags, keyOf),
    labels: pick(labels, ({ label }) => label),
    more,
  };
}
