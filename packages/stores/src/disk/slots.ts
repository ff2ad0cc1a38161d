declare const WebAssembly: {
  Memory: new (size: { initial: number; maximum: number; shared: true }) => { readonly buffer: SharedArrayBuffer };
};

/** Memory that threads share. */
export type Slot = Uint8Array<SharedArrayBuffer>;

/** Bytes in one slot: what the thread gets at once of a large file. */
export const SLOT_BYTES = 1 << 20;
/** Slots that are kept for the next who need them. How many are in use is bounded by those who use them. */
const KEPT = 4;
/** Slots at addresses that direct writes can take. What several large files need beside them is written through the cache. */
const ALIGNED = 16;
const WASM_PAGE = 1 << 16;

const free: Slot[] = [];
let aligned: Slot[] | null = null;
let arena: SharedArrayBuffer | null = null;

export function takeSlot(): Slot {
  aligned ??= makeAligned();
  return aligned.pop() ?? free.pop() ?? new Uint8Array(new SharedArrayBuffer(SLOT_BYTES));
}

export function giveSlot(slot: Slot): void {
  if (isAligned(slot)) aligned?.push(slot);
  else if (free.length < KEPT) free.push(slot);
}

/** Whether the slot, or what begins where it begins, may be written directly. */
export function isAligned(slot: Slot): boolean {
  return slot.buffer === arena;
}

/**
 * JavaScript's own buffers begin anywhere; the memory of a WebAssembly module begins at a page of the system's. It takes no
 * room before it is written to. The last slot handed back goes out first, so that one upload keeps to a few of them.
 */
function makeAligned(): Slot[] {
  const pages = (ALIGNED * SLOT_BYTES) / WASM_PAGE;
  try {
    arena = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }).buffer;
  } catch {
    // Where address space is short there is none to reserve.
    return [];
  }
  const whole = arena;
  return Array.from({ length: ALIGNED }, (_, at) => new Uint8Array(whole, at * SLOT_BYTES, SLOT_BYTES));
}
