import type { Json } from "@cairn/core";

/** What became of a value from one version to the other. */
export type Change = "same" | "changed" | "added" | "removed";

type Values = Readonly<Record<string, Json>>;

export interface ComparedValue {
  readonly key: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly change: Change;
}

/**
 * Two maps side by side, by key. Values are the same when their JSON is; NaN is the same as NaN.
 *
 * @example
 * compareValues({ a: 1 }, { a: 2, b: 3 }).map(({ key, change }) => [key, change]); // [["a", "changed"], ["b", "added"]]
 */
export function compareValues(before: Values, after: Values): readonly ComparedValue[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.map((key) => {
    const [a, b] = [
      Object.hasOwn(before, key) ? before[key] : undefined,
      Object.hasOwn(after, key) ? after[key] : undefined,
    ];
    const change = a === undefined ? "added" : b === undefined ? "removed" : isSame(a, b) ? "same" : "changed";
    return { key, before: a, after: b, change };
  });
}

function isSame(a: Json, b: Json): boolean {
  return Object.is(a, b) || (typeof a !== "number" && typeof b !== "number" && canonical(a) === canonical(b));
}

/** JSON in which the order of keys says nothing. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === "number" && !Number.isFinite(inner)) return String(inner);
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/**
 * How far a number is from a baseline, in parts of the baseline: 0.03 is three percent more.
 *
 * @returns undefined where a percentage says nothing: not both finite numbers, or a baseline of 0.
 */
export function relativeChange(value: unknown, baseline: unknown): number | undefined {
  if (typeof value !== "number" || typeof baseline !== "number" || baseline === 0) return undefined;
  const change = (value - baseline) / Math.abs(baseline);
  return Number.isFinite(change) ? change : undefined;
}
