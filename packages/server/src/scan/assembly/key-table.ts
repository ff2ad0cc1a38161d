import { KEYS, LONGEST_KEY, MOST_METRICS } from "./areas";
import { copyText, isSame } from "./text";

/** 4096 slots, four times what one batch may hold. */
const SLOT_BITS: i32 = 12;
const SLOTS: i32 = 1 << SLOT_BITS;
/** How far from its place by hash a key may lie: no choice of keys makes a search long. */
const REACH: i32 = 16;

/** The batch that a slot was last used by, and its key's number there. */
const stamps: usize = memory.data((SLOTS + REACH) << 2, 16);
const numbers: usize = memory.data((SLOTS + REACH) << 2, 16);
// Of each key of the batch: where its text was seen first, that text's length, and the number of the key behind it.
const places: usize = memory.data(MOST_METRICS << 2, 16);
const lengths: usize = memory.data(MOST_METRICS << 2, 16);
const followers: usize = memory.data(MOST_METRICS << 2, 16);

let batch: i32 = 0;
let count: i32 = 0;
let previous: i32 = -1;
let textLength: i32 = 0;

/** Forgets the keys of the batch before. */
export function beginKeys(): void {
  batch++;
  count = 0;
  previous = -1;
}

export function countKeys(): i32 {
  return count;
}

export function keyPlace(number: i32): usize {
  return load<u32>(places + (number << 2));
}

export function keyLength(number: i32): i32 {
  return load<i32>(lengths + (number << 2));
}

/** Writes the texts of the batch's keys to where the host reads them. */
export function writeKeys(): void {
  let text = KEYS;
  for (let key = 0; key < count; key++) {
    const length = keyLength(key) + 1;
    copyText(text, keyPlace(key), length);
    text += length;
  }
  textLength = <i32>(text - KEYS);
}

/** The bytes of the texts written last. */
export function getKeysLength(): i32 {
  return textLength;
}

/**
 * The number, counted from 0 in the order of their first sight, of the key whose text begins at `start`. Trainings send
 * the same keys over and over in the same order: the key that followed the last one before is tried first.
 * @returns -1 for a key that is empty, too long, has an escape or is not ASCII
 */
export function findKey(start: usize): i32 {
  const guess = previous < 0 ? -1 : load<i32>(followers + (previous << 2));
  const isGuessed = guess >= 0 && isSame(start, keyPlace(guess), keyLength(guess) + 1);
  const number = isGuessed ? guess : searchKey(start);
  if (number < 0) return -1;
  if (previous >= 0) store<i32>(followers + (previous << 2), number);
  previous = number;
  return number;
}

function searchKey(start: usize): i32 {
  const length = measureKey(start);
  if (length <= 0) return -1;
  const home = hashKey(start, length);
  for (let slot = home; slot < home + REACH; slot++) {
    if (load<i32>(stamps + (slot << 2)) !== batch) return addKey(slot, start, length);
    const number = load<i32>(numbers + (slot << 2));
    if (keyLength(number) === length && isSame(keyPlace(number), start, length)) return number;
  }
  return -1;
}

function addKey(slot: i32, start: usize, length: i32): i32 {
  const number = count++;
  store<i32>(stamps + (slot << 2), batch);
  store<i32>(numbers + (slot << 2), number);
  store<u32>(places + (number << 2), <u32>start);
  store<i32>(lengths + (number << 2), length);
  store<i32>(followers + (number << 2), -1);
  return number;
}

/** The bytes before the closing quote, if all of them stand for themselves; else -1. */
function measureKey(start: usize): i32 {
  for (let at: i32 = 0; at <= LONGEST_KEY; at += 16) {
    const text = v128.load(start + at);
    const quotes = i8x16.eq(text, i8x16.splat(0x22));
    const others = v128.or(
      i8x16.eq(text, i8x16.splat(0x5c)),
      i8x16.gt_u(i8x16.sub(text, i8x16.splat(0x20)), i8x16.splat(0x5e)),
    );
    const ends = i8x16.bitmask(v128.or(quotes, others));
    if (ends === 0) continue;
    const end = ctz(ends);
    const length = at + end;
    return length <= LONGEST_KEY && load<u8>(start + length) === 0x22 ? length : -1;
  }
  return -1;
}

/** A place among the slots. Eight bytes at a time: of a product, the highest bits depend on all of both. */
function hashKey(start: usize, length: i32): i32 {
  let hash: u64 = length;
  for (let at: i32 = 0; at < length; at += 8) {
    const left = length - at;
    const word = left >= 8 ? load<u64>(start + at) : load<u64>(start + at) & (((<u64>1) << (left << 3)) - 1);
    hash = (rotr(hash, 29) ^ word) * 0x9e3779b97f4a7c15;
  }
  return <i32>(hash >> (64 - SLOT_BITS));
}
