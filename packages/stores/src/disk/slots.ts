/** Bytes in one slot, and so in one write of a large file. */
export const SLOT_BYTES = 1 << 20;
const SLOTS = 48;
const KEPT = 4;

/**
 * Memory for bytes on their way to disk, shared with the thread that hashes, for the whole process: who finds no slot
 * waits until one is free. A slot is held only while it is written and hashed, never while a client is waited for.
 */
let used = 0;
const free: Uint8Array<SharedArrayBuffer>[] = [];
const line: (() => void)[] = [];

export async function takeSlot(): Promise<Uint8Array<SharedArrayBuffer>> {
  if (used >= SLOTS) await new Promise<void>((resolve) => line.push(resolve));
  else used += 1;
  return free.pop() ?? new Uint8Array(new SharedArrayBuffer(SLOT_BYTES));
}

export function giveSlot(slot: Uint8Array<SharedArrayBuffer>): void {
  if (free.length < KEPT) free.push(slot);
  const next = line.shift();
  if (next === undefined) used -= 1;
  else next();
}
