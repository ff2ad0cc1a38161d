import type { Order, Position } from "@cairn/core";
import type { ColumnOrder } from "./column.ts";
import type { ColumnView } from "./column-cache.ts";

/** A search's total order over slots: the keys, then the newest run first. */
export interface SlotOrder {
  compare(a: number, b: number): number;
  position(slot: number): Position;
  /** Below 0 when the slot comes before the cursor, above 0 when after; null without a cursor. */
  readonly compareToCursor: ((slot: number) => number) | null;
  /** Of each key by itself, the first one first; keys by which all runs are alike are left out. */
  readonly levels: readonly ColumnOrder[];
}

export function createSlotOrder(order: readonly Order[], view: ColumnView, cursor: Position | null): SlotOrder {
  const { rows } = view.spine;
  const keys = order.map(({ field, descending, text }) => {
    const column = view.column(field);
    return { column, text: text === true, order: column.order(text === true, descending) };
  });
  const orders = keys.flatMap(({ order }) => order ?? []);
  return {
    compare(a, b) {
      for (const order of orders) {
        const result = order.compare(a, b);
        if (result !== 0) return result;
      }
      return b - a;
    },
    position: (slot) => ({ keys: keys.map(({ column, text }) => column.key(slot, text)), row: rows[slot] as number }),
    compareToCursor: cursor === null ? null : compileCursor(cursor),
    levels: orders,
  };

  function compileCursor(cursor: Position): (slot: number) => number {
    const tests = keys.map(({ order }, i) => order?.compareTo(cursor.keys[i] ?? null) ?? (() => 0));
    return (slot) => {
      for (const test of tests) {
        const result = test(slot);
        if (result !== 0) return result;
      }
      return cursor.row - (rows[slot] as number);
    };
  }
}
