import type { KeyCounts, KeyKind, ParameterCounts, ReadTx } from "@cairn/core";
import type { ColumnView } from "./column-cache.ts";
import type { KeySets } from "./key-sets.ts";

/** How many of the slots (the newest first) have each key. */
export function countKeysOf(tx: ReadTx, view: ColumnView, slots: Int32Array, kinds: readonly KeyKind[]): KeyCounts {
  const count = (kind: KeyKind) => {
    if (!kinds.includes(kind)) return null;
    const sets = view.keySets(kind);
    return { sets, counts: sets.count(tx, view.spine, slots) };
  };
  const labels = count("labels");
  return {
    runs: slots.length,
    parameters: sumPairs(count("parameters")),
    metrics: mapOf(count("metrics")?.counts, (name) => name),
    tags: mapOf(count("tags")?.counts, (name) => name),
    labels: mapOf(labels?.counts, (code) => labels?.sets.texts[code] as string),
  };
}

function mapOf<K>(counts: Uint32Array | undefined, keyOf: (item: number) => K): Map<K, number> {
  const found = new Map<K, number>();
  counts?.forEach((count, item) => {
    if (count > 0) found.set(keyOf(item), count);
  });
  return found;
}

function sumPairs(
  counted: { readonly sets: KeySets; readonly counts: Uint32Array } | null,
): Map<number, ParameterCounts> {
  const found = new Map<number, ParameterCounts>();
  counted?.counts.forEach((count, item) => {
    const pair = counted.sets.pairs[item];
    if (count === 0 || pair === undefined) return;
    const sum = found.get(pair.name);
    if (sum === undefined) {
      found.set(pair.name, { runs: count, distinct: 1, group: pair.group, types: pair.type });
      return;
    }
    sum.runs += count;
    sum.distinct++;
    sum.group = Math.max(sum.group, pair.group);
    sum.types |= pair.type;
  });
  return found;
}
