import { compareKeys, type Order, type Position } from "@cairn/core";
import type { Column } from "./column.ts";
import type { ColumnView } from "./column-cache.ts";

/** A search's total order over slots: the keys, then the newest run first. */
export interface SlotOrder {
  compare(a: number, b: number): number;
  /** Below 0 when the slot comes before the position, above 0 when after. */
  compareTo(slot: number, position: Position): number;
  position(slot: number): Position;
  /** The first key's numbers, turned so that less comes first; null when it is not a column of numbers. */
  readonly first: { readonly values: Float64Array; readonly present: Uint8Array; readonly sign: 1 | -1 } | null;
}

export function createSlotOrder(order: readonly Order[], view: ColumnView): SlotOrder {
  const { rows } = view.spine;
  const columns = order.map(({ field }) => view.column(field));
  const orders = order.map(({ descending, text }, i) => ({
    column: columns[i] as Column,
    descending,
    text: text === true,
  }));
  const first = columns[0]?.numbers ?? null;
  return {
    compare(a, b) {
      for (const { column, descending, text } of orders) {
        const result = compareKeys(column.key(a, text), column.key(b, text), descending);
        if (result !== 0) return result;
      }
      return b - a;
    },
    compareTo(slot, position) {
      for (let i = 0; i < orders.length; i++) {
        const { column, descending, text } = orders[i] as (typeof orders)[number];
        const result = compareKeys(column.key(slot, text), position.keys[i] ?? null, descending);
        if (result !== 0) return result;
      }
      return position.row - (rows[slot] as number);
    },
    position: (slot) => ({
      keys: orders.map(({ column, text }) => column.key(slot, text)),
      row: rows[slot] as number,
    }),
    first: first === null ? null : { ...first, sign: order[0]?.descending ? -1 : 1 },
  };
}
