import type { SlotOrder } from "./slot-order.ts";

/** Fewer are sorted by comparing them. */
const FEW = 1024;

/**
 * Sorts slots in place, of which equal ones come the newest first: key after key, each by the numbers that stand for its
 * values, and within equal numbers by the next key.
 */
export function sortSlots(slots: Int32Array, order: SlotOrder, level = 0): Int32Array {
  if (slots.length < 2 || level >= order.levels.length) return slots;
  const places = order.levels[level]?.places;
  if (slots.length < FEW || places === undefined) return slots.sort(order.compare);
  const { values, at, present, sign } = places;
  const numbers = new Float64Array(slots.length);
  // Without a place: NaN, then what is missing.
  const nans: number[] = [];
  const missing: number[] = [];
  let count = 0;
  for (const slot of slots) {
    const number = sign * (values[at === null ? slot : (at[slot] as number)] as number);
    if (present !== null && present[slot] === 0) missing.push(slot);
    else if (Number.isNaN(number)) nans.push(slot);
    else {
      slots[count] = slot;
      // -0 equals 0, but its bits do not.
      numbers[count++] = number + 0;
    }
  }
  const sorted = sortNumbers(numbers.subarray(0, count));
  slots.set(Int32Array.from(sorted, (index) => slots[index] as number));
  slots.set(nans, count);
  slots.set(missing, count + nans.length);
  if (level + 1 === order.levels.length) return slots;
  for (let from = 0; from < count; ) {
    const number = numbers[sorted[from] as number];
    let to = from + 1;
    while (to < count && numbers[sorted[to] as number] === number) to++;
    sortSlots(slots.subarray(from, to), order, level + 1);
    from = to;
  }
  sortSlots(slots.subarray(count, count + nans.length), order, level + 1);
  sortSlots(slots.subarray(count + nans.length), order, level + 1);
  return slots;
}

const DIGITS = 2 ** 16;

/**
 * The indexes of numbers (none NaN) in ascending order, equal ones as they come: a radix sort, 16 bits at a time from
 * the lowest. Bits order as the numbers do once those of negative ones are turned and the sign of the others is set.
 */
export function sortNumbers(numbers: Float64Array): Int32Array {
  const size = numbers.length;
  const digits = new Uint16Array(size * 4);
  const view = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < size; i++) {
    view.setFloat64(0, numbers[i] as number);
    const high = view.getUint32(0);
    const low = view.getUint32(4);
    const isNegative = high >= 0x80000000;
    const h = isNegative ? ~high : high | 0x80000000;
    const l = isNegative ? ~low : low;
    digits[i] = l;
    digits[size + i] = l >>> 16;
    digits[2 * size + i] = h;
    digits[3 * size + i] = h >>> 16;
  }
  let from = Int32Array.from({ length: size }, (_, i) => i);
  let to = new Int32Array(size);
  const ends = new Uint32Array(DIGITS);
  for (let pass = 0; pass < 4; pass++) {
    const part = digits.subarray(pass * size, (pass + 1) * size);
    ends.fill(0);
    for (let i = 0; i < size; i++) ends[part[i] as number] = (ends[part[i] as number] as number) + 1;
    // Whole numbers and ranks have the same low bits throughout.
    if (ends[part[0] as number] === size) continue;
    let end = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const count = ends[digit] as number;
      ends[digit] = end;
      end += count;
    }
    for (let i = 0; i < size; i++) {
      const index = from[i] as number;
      const digit = part[index] as number;
      const place = ends[digit] as number;
      to[place] = index;
      ends[digit] = place + 1;
    }
    [from, to] = [to, from];
  }
  return from;
}
