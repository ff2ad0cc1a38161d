import { isKey } from "../checks.ts";

const QUOTE = 0x22;
const SLOTS = 4096;

/**
 * The distinct keys of one batch, found by their bytes. Trainings log the same keys in the same order step after step, so
 * the key that followed the last one before is tried first.
 */
export interface KeyTable {
  readonly keys: readonly string[];
  readonly counts: readonly number[];
  /**
   * The number of the key whose first byte (behind its quote) is at `start`; it counts as seen once more.
   * @returns -1 for a key that has an escape, is not ASCII or not allowed.
   */
  find(start: number): number;
  /** Behind the closing quote of the key found last. */
  readonly end: number;
}

export function createKeyTable(bytes: Buffer): KeyTable {
  const keys: string[] = [];
  const counts: number[] = [];
  const starts: number[] = [];
  const followers: number[] = [];
  const slots = new Int16Array(SLOTS).fill(-1);
  let previous = -1;
  let end = 0;

  const isAt = (number: number, start: number): boolean => {
    const own = starts[number] as number;
    const length = (keys[number] as string).length;
    for (let index = 0; index < length; index++) if (bytes[own + index] !== bytes[start + index]) return false;
    return bytes[start + length] === QUOTE;
  };

  const search = (start: number): number => {
    let hash = 0;
    let at = start;
    for (let byte = bytes[at] as number; byte !== QUOTE; byte = bytes[++at] as number) {
      if (!(byte >= 0x20 && byte < 0x7f) || byte === 0x5c) return -1;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    let slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
    for (let number = slots[slot] as number; number >= 0; number = slots[slot] as number) {
      if (isAt(number, start)) return number;
      slot = (slot + 1) & (SLOTS - 1);
    }
    const key = bytes.latin1Slice(start, at);
    if (key === "" || !isKey(key)) return -1;
    slots[slot] = keys.length;
    starts.push(start);
    counts.push(0);
    followers.push(-1);
    return keys.push(key) - 1;
  };

  return {
    keys,
    counts,
    find: (start) => {
      const guess = previous < 0 ? -1 : (followers[previous] as number);
      const number = guess >= 0 && isAt(guess, start) ? guess : search(start);
      if (number < 0) return -1;
      if (previous >= 0) followers[previous] = number;
      previous = number;
      counts[number] = (counts[number] as number) + 1;
      end = start + (keys[number] as string).length + 1;
      return number;
    },
    get end() {
      return end;
    },
  };
}
