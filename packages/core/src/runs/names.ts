import { nextNumber } from "../store/numbers.ts";
import type { ReadTx, Tx } from "../store/tx.ts";

/** The number of a key's text, made if it is new. */
export function internName(tx: Tx, text: string): number {
  const known = findName(tx, text);
  if (known !== undefined) return known;
  const id = nextNumber(tx, "names");
  tx.put("names", { id, text });
  return id;
}

export function findName(tx: ReadTx, text: string): number | undefined {
  return tx.list("names", { index: "byText", prefix: [text], limit: 1 })[0]?.id;
}

/** The text of a name that a row names. */
export function nameText(tx: ReadTx, id: number): string {
  const row = tx.get("names", id);
  if (row === undefined) throw new Error(`names has no row ${id}`);
  return row.text;
}
