import { isKey, MAX_BATCH } from "../checks.ts";
import { isSame } from "./is-same.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** A power of two, several times what one batch may hold. */
const SLOTS = 8192;
/** How far from its place by hash a key may lie. */
const REACH = 16;

/**
 * The distinct keys of a batch, found by their bytes. Trainings send the same keys over and over, in the same order: the
 * key that followed the last one before is tried first, and texts that were found fit once are kept between batches.
 */
export interface KeyTable {
  /** Forgets the batch before. `view` is of the same bytes. */
  begin(bytes: Buffer, view: DataView): void;
  /**
   * The number, counted from 0 in the order of their first sight, of the key whose text begins at `start`. To look twice
   * changes nothing.
   * @returns -1 for a key that has an escape, is not ASCII or not allowed.
   */
  find(start: number): number;
  /** Behind the closing quote of the key found last. */
  readonly end: number;
  /** The batch's keys, in the order of their numbers. */
  readonly keys: readonly string[];
}

/** Keys that differ in a number at their end have neighbouring sums; side by side they would crowd each other out. */
function scatter(sum: number): number {
  const mixed = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 15);
}

export function createKeyTable(): KeyTable {
  const known: string[] = new Array<string>(SLOTS + REACH).fill("");
  // A slot belongs to the batch whose stamp it bears; only then may its number be trusted, and its text not be replaced.
  const stamps = new Uint32Array(SLOTS + REACH);
  const numbers = new Uint16Array(SLOTS + REACH);
  /** Where each key's text was seen first. */
  const places = new Uint32Array(MAX_BATCH.metrics);
  const followers = new Int16Array(MAX_BATCH.metrics);
  let keys: string[] = [];
  let bytes: Buffer = Buffer.alloc(0);
  let view = new DataView(bytes.buffer);
  let batch = 0;
  let previous = -1;
  let end = 0;

  const isAt = (key: string, start: number): boolean => {
    const { length } = key;
    for (let index = 0; index < length; index++) if (key.charCodeAt(index) !== bytes[start + index]) return false;
    return bytes[start + length] === QUOTE;
  };

  const add = (slot: number, key: string, start: number): number => {
    const number = keys.length;
    if (number === MAX_BATCH.metrics) return -1;
    known[slot] = key;
    stamps[slot] = batch;
    numbers[slot] = number;
    places[number] = start;
    followers[number] = -1;
    keys.push(key);
    return number;
  };

  const search = (start: number): number => {
    let hash = 0;
    let at = start;
    for (let byte = bytes[at] as number; byte !== QUOTE; byte = bytes[++at] as number) {
      if (!(byte >= 0x20 && byte < 0x7f) || byte === BACKSLASH) return -1;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    if (at === start) return -1;
    const home = scatter(hash) & (SLOTS - 1);
    let free = -1;
    for (let slot = home; slot < home + REACH; slot++) {
      const isOurs = stamps[slot] === batch;
      const key = known[slot] as string;
      if (key.length === at - start && isAt(key, start))
        return isOurs ? (numbers[slot] as number) : add(slot, key, start);
      if (!isOurs && free < 0) free = slot;
    }
    const key = bytes.toString("latin1", start, at);
    return free < 0 || !isKey(key) ? -1 : add(free, key, start);
  };

  return {
    begin: (next, nextView) => {
      bytes = next;
      view = nextView;
      batch = (batch + 1) >>> 0;
      keys = [];
      previous = -1;
    },
    find: (start) => {
      const guess = previous < 0 ? -1 : (followers[previous] as number);
      const isGuessed = guess >= 0 && isSame(view, start, places[guess] as number, (keys[guess] as string).length + 1);
      const number = isGuessed ? guess : search(start);
      if (number < 0) return -1;
      if (previous >= 0) followers[previous] = number;
      previous = number;
      end = start + (keys[number] as string).length + 1;
      return number;
    },
    get end() {
      return end;
    },
    get keys() {
      return keys;
    },
  };
}
