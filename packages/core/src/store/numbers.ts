import type { Tx } from "./tx.ts";

/** The next number under a name: 1, 2, 3 …, taken in the same transaction as the row that uses it. */
export function nextNumber(tx: Tx, name: string): number {
  const value = (tx.get("counters", name)?.value ?? 0) + 1;
  tx.put("counters", { name, value });
  return value;
}
