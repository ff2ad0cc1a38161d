import { BEHIND_BODY, BODY, COUNTS, MOST_METRICS, MOST_POINTS, STEPS, TIMES, VALUES } from "./areas";
import { beginKeys, findKey, keyLength, writeKeys } from "./key-table";
import { isWhole, readNumber } from "./number";
import { pass, passBlanks } from "./text";

const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const COLON: u8 = 0x3a;
const OPEN: u8 = 0x7b;
const CLOSE: u8 = 0x7d;
const OPEN_LIST: u8 = 0x5b;
const CLOSE_LIST: u8 = 0x5d;

/** The list read last. */
let listLength: i32 = 0;
/** The points of the series before the one that is read. */
let before: i32 = 0;
let partLength: i32 = 0;

/**
 * Reads an object of columns by key in the body, from behind its opening brace at byte `start`: lists of `steps`, `values` and perhaps
 * `times` in any order, of one length and not empty. Points without a time are of the time `now`.
 *
 * @returns the byte behind the object's closing brace; 0 for anything else, also a key that stands there twice.
 */
export function scanSeries(start: i32, length: i32, now: f64): i32 {
  memory.fill(BODY + length, 0, BEHIND_BODY);
  beginKeys();
  before = 0;
  let at = BODY + start;
  for (let part = 0; part < MOST_METRICS; part++) {
    at = passBlanks(at);
    if (load<u8>(at) !== QUOTE) return 0;
    at += 1;
    if (findKey(at) !== part) return 0;
    at = pass(at + keyLength(part) + 1, COLON);
    if (at === 0) return 0;
    at = readPart(at, now);
    if (at === 0) return 0;
    store<i32>(COUNTS + (part << 2), partLength);
    before += partLength;
    const more = pass(at, COMMA);
    if (more === 0) {
      const end = pass(at, CLOSE);
      if (end === 0) return 0;
      writeKeys();
      return <i32>(end - BODY);
    }
    at = more;
  }
  return 0;
}

/** The columns of one series; the place behind them, or 0. */
function readPart(start: usize, now: f64): usize {
  let at = pass(start, OPEN);
  if (at === 0) return 0;
  let stepCount: i32 = 0;
  let timeCount: i32 = 0;
  let valueCount: i32 = 0;
  while (true) {
    at = passBlanks(at);
    // Words of four letters are written as the numbers that they are in memory, the last letter first.
    const word = load<u32>(at);
    if (word === 0x65747322 /* "ste */ && load<u16>(at + 4) === 0x7370 /* ps */ && stepCount === 0) {
      at = readList(at + 6, STEPS, true);
      stepCount = listLength;
    } else if (word === 0x6d697422 /* "tim */ && load<u16>(at + 4) === 0x7365 /* es */ && timeCount === 0) {
      at = readList(at + 6, TIMES, true);
      timeCount = listLength;
    } else if (word === 0x6c617622 /* "val */ && load<u32>(at + 3) === 0x7365756c /* lues */ && valueCount === 0) {
      at = readList(at + 7, VALUES, false);
      valueCount = listLength;
    } else return 0;
    if (at === 0) return 0;
    const more = pass(at, COMMA);
    if (more === 0) break;
    at = more;
  }
  partLength = valueCount;
  if (valueCount === 0 || stepCount !== valueCount) return 0;
  if (timeCount === 0) for (let i = before; i < before + valueCount; i++) store<f64>(TIMES + (i << 3), now);
  else if (timeCount !== valueCount) return 0;
  return pass(at, CLOSE);
}

/** A list of numbers, from its name's closing quote on, into a column; the place behind it, or 0. An empty one is not read. */
function readList(start: usize, column: usize, isOfWholes: bool): usize {
  if (load<u8>(start) !== QUOTE) return 0;
  let at = pass(start + 1, COLON);
  if (at !== 0) at = pass(at, OPEN_LIST);
  if (at === 0) return 0;
  for (let i = before; i < MOST_POINTS; i++) {
    const place = column + (i << 3);
    at = readNumber(passBlanks(at), place);
    if (at === 0 || (isOfWholes && !isWhole(place))) return 0;
    const more = pass(at, COMMA);
    if (more === 0) {
      listLength = i + 1 - before;
      return pass(at, CLOSE_LIST);
    }
    at = more;
  }
  return 0;
}
