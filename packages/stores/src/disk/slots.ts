/** Memory that threads share. */
export type Slot = Uint8Array<SharedArrayBuffer>;

/** Bytes in one slot: what the thread gets at once of a large file. */
export const SLOT_BYTES = 1 << 20;
const KEPT = 4;

/** Slots for the next who need them. How many are in use is bounded by those who use them. */
const free: Slot[] = [];

export function takeSlot(): Slot {
  return free.pop() ?? new Uint8Array(new SharedArrayBuffer(SLOT_BYTES));
}

export function giveSlot(slot: Slot): void {
  if (free.length < KEPT) free.push(slot);
}
