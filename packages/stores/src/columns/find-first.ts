import type { Position } from "@cairn/core";
import type { SlotOrder } from "./slot-order.ts";
import { createTop, type Top } from "./top.ts";

/** Keeps the first slots of an order, of those that come after a cursor. */
export interface First {
  offer(selection: Int32Array, count: number): void;
  /** So many were kept for a while that sorting them all costs less: the order goes against the age of the runs. */
  isLosing(): boolean;
  sorted(): number[];
}

/** In any order but an adverse one, far fewer are kept: `wanted` times the logarithm of how many there are to one wanted. */
const MOST_KEPT = { each: 8, all: 2000 };

export function createFirst(order: SlotOrder, after: Position | null, wanted: number): First {
  const top = createTop(wanted, order.compare);
  const most = MOST_KEPT.each * wanted + MOST_KEPT.all;
  let kept = 0;
  const counted: Top = {
    ...top,
    get last() {
      return top.last;
    },
    offer(slot) {
      const isKept = top.offer(slot);
      if (isKept) kept++;
      return isKept;
    },
  };
  return { offer: compileOffer(order, counted, after), isLosing: () => kept > most, sorted: top.sorted };
}

/**
 * Offers to the top what comes after the cursor. Slots whose place lies outside what is wanted are passed over by one
 * comparison of numbers; a bound that is not known is NaN, which nothing is below or above.
 */
function compileOffer(
  order: SlotOrder,
  top: Top,
  after: Position | null,
): (selection: Int32Array, count: number) => void {
  const { levels, compareToCursor } = order;
  const places = levels[0]?.places ?? null;
  const offer = (slot: number) => {
    if (compareToCursor === null || compareToCursor(slot) > 0) top.offer(slot);
  };
  if (places === null) {
    return (selection, count) => {
      for (let i = 0; i < count; i++) offer(selection[i] as number);
    };
  }
  const { values, at, present, sign } = places;
  const low = after === null ? Number.NaN : places.of(after.keys[0] ?? null);
  const placeOf = (slot: number) => {
    if (slot < 0 || (present !== null && present[slot] === 0)) return Number.NaN;
    return sign * (values[at === null ? slot : (at[slot] as number)] as number);
  };
  return (selection, count) => {
    let high = placeOf(top.last);
    for (let i = 0; i < count; i++) {
      const slot = selection[i] as number;
      const place = placeOf(slot);
      if (place < low || place > high) continue;
      offer(slot);
      high = placeOf(top.last);
    }
  };
}
