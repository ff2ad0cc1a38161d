import { compareText, type Value } from "@cairn/core";

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Orders two values of one column: null, then the rest. */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === "number" && typeof b === "number") return a - b || 0;
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === "object" && typeof b === "object") return compareBytes(a, b);
  throw new Error(`cannot compare ${typeof a} with ${typeof b}: a column holds one type`);
}
