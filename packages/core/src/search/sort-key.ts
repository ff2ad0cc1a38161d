import type { Forms } from "./forms.ts";
import type { Order } from "./query.ts";
import { isManyField, readForms, type SearchRecord } from "./record.ts";
import { compareText } from "./text-order.ts";

/** What one order sorts a record by. null = missing. */
export type SortKey = number | string | null;

/** Texts are ordered by this many code points: cursors carry keys, and a tag may hold a megabyte. */
export const SORTED_TEXT_LENGTH = 256;

/** The key of a value: its number, else its text, else its truth as 0 or 1; with `text` only its text. */
export function keyOfForms(value: Forms | null, text: boolean): SortKey {
  if (value === null) return null;
  if (value.text !== null && (text || value.number === null)) return cutText(value.text);
  return value.number ?? (value.boolean === null ? null : Number(value.boolean));
}

function cutText(text: string): string {
  if (text.length <= SORTED_TEXT_LENGTH) return text;
  let end = 0;
  for (let i = 0; i < SORTED_TEXT_LENGTH && end < text.length; i++)
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  return text.slice(0, end);
}

/**
 * Compares two keys of one order. In both directions numbers come first, then NaN, then texts, then what is missing;
 * the direction turns the numbers among themselves and the texts among themselves.
 */
export function compareKeys(a: SortKey, b: SortKey, descending: boolean): number {
  if (typeof a === "number" && typeof b === "number") {
    if (a < b) return descending ? 1 : -1;
    if (a > b) return descending ? -1 : 1;
    if (a === b) return 0;
  } else if (typeof a === "string" && typeof b === "string") {
    return descending ? compareText(b, a) : compareText(a, b);
  }
  return keyClass(a) - keyClass(b);
}

function keyClass(key: SortKey): number {
  if (key === null) return 3;
  if (typeof key === "string") return 2;
  return Number.isNaN(key) ? 1 : 0;
}

/** A record's place in an order: its keys, then its row number. */
export interface Position {
  readonly keys: readonly SortKey[];
  readonly row: number;
}

/** Labels and datasets have no one value: they count as missing here, and the parser refuses them. */
export function readPosition(record: SearchRecord, order: readonly Order[]): Position {
  const keys = order.map(({ field, text }) =>
    isManyField(field) ? null : keyOfForms(readForms(record, field), text === true),
  );
  return { keys, row: record.row };
}

/** The total order of a search: the given keys, then the newest row first. */
export function comparePositions(order: readonly Order[]): (a: Position, b: Position) => number {
  return (a, b) => {
    for (let i = 0; i < order.length; i++) {
      const result = compareKeys(a.keys[i] ?? null, b.keys[i] ?? null, order[i]?.descending === true);
      if (result !== 0) return result;
    }
    return b.row - a.row;
  };
}

/** The judge of order, over records themselves. */
export function compareBy(order: readonly Order[]): (a: SearchRecord, b: SearchRecord) => number {
  const compare = comparePositions(order);
  return (a, b) => compare(readPosition(a, order), readPosition(b, order));
}
