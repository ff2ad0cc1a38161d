import { BEHIND_BODY, BODY, COUNTS, MOST_METRICS, STEPS, TIMES, VALUES } from "./areas";
import { beginKeys, countKeys, findKey, keyLength, writeKeys } from "./key-table";
import { passKey, passStep, passTimestamp, passValue } from "./names";
import { isWhole, readNumber } from "./number";
import { isSame, pass } from "./text";

export {
  BODY,
  COUNTS,
  KEYS,
  LARGEST_BODY,
  LONGEST_KEY,
  MOST_METRICS,
  MOST_POINTS,
  POWERS,
  STEPS,
  TIMES,
  VALUES,
} from "./areas";
export { getKeysLength } from "./key-table";
export { FURTHEST } from "./scale";
export { scanSeries } from "./series";

const COMMA: u8 = 0x2c;
const CLOSE: u8 = 0x7d;
const CLOSE_LIST: u8 = 0x5d;

// In the order of the body.
const keyOf: usize = memory.data(MOST_METRICS << 2, 16);
const steps: usize = memory.data(MOST_METRICS << 3, 16);
const times: usize = memory.data(MOST_METRICS << 3, 16);
const values: usize = memory.data(MOST_METRICS << 3, 16);
/** For each key, where its next metric goes. */
const next: usize = memory.data(MOST_METRICS << 2, 16);

// What stands between the texts and numbers of the metric read last: where it begins, and how long it is.
/** From behind the number of the step before, through bracket and comma, to the key's text. 0 = unknown. */
let tail: usize = 0;
let tailLength: i32 = 0;
/** From the key's closing quote to the value. */
let valueGap: usize = 0;
let valueLength: i32 = 0;
let timeGap: usize = 0;
let timeLength: i32 = 0;
/** Its timestamp and all up to the step, which is empty for a metric without a step. */
let timeText: usize = 0;
let stepGap: usize = 0;
let stepLength: i32 = 0;
let stepText: usize = 0;
let stepTextLength: i32 = 0;

let count: i32 = 0;

/**
 * Reads a list of metrics in the body, from behind its opening bracket at byte `start`, into the columns. What equals, byte
 * by byte, the part of the metric before that was read in its place is not read again: names, brackets, blanks, nearly
 * every time and step.
 *
 * @returns the byte behind the list's closing bracket; 0 for anything but the one form it knows.
 */
export function scan(start: i32, length: i32): i32 {
  memory.fill(BODY + length, 0, BEHIND_BODY);
  beginKeys();
  let at = BODY + start;
  let before: usize = 0;
  count = 0;
  while (count < MOST_METRICS) {
    at = readMetric(at, count, before);
    if (at === 0) return 0;
    const first = ++count;
    readAlike();
    if (count > first) at = pass(stepText + stepTextLength, CLOSE);
    if (at === 0) return 0;
    before = stepLength === 0 ? 0 : stepText + stepTextLength;
    const more = pass(at, COMMA);
    if (more === 0) {
      const end = pass(at, CLOSE_LIST);
      if (end === 0) return 0;
      group();
      return <i32>(end - BODY);
    }
    at = more;
  }
  return 0;
}

/** One metric into row `row` of the columns; the place behind it, or 0. */
function readMetric(start: usize, row: i32, before: usize): usize {
  let at = passKey(start);
  if (at === 0) return 0;
  tail = before;
  tailLength = <i32>(at - before);
  const key = findKey(at);
  if (key < 0) return 0;
  store<i32>(keyOf + (row << 2), key);
  valueGap = at + keyLength(key) + 1;
  at = passValue(valueGap);
  if (at === 0) return 0;
  valueLength = <i32>(at - valueGap);
  timeGap = readNumber(at, values + (row << 3));
  if (timeGap === 0) return 0;
  timeText = passTimestamp(timeGap);
  if (timeText === 0) return 0;
  timeLength = <i32>(timeText - timeGap);
  stepGap = readNumber(timeText, times + (row << 3));
  if (stepGap === 0 || !isTime(row)) return 0;
  stepLength = 0;
  store<f64>(steps + (row << 3), 0);
  const end = pass(stepGap, CLOSE);
  if (end !== 0) return end;
  stepText = passStep(stepGap);
  if (stepText === 0) return 0;
  stepLength = <i32>(stepText - stepGap);
  at = readNumber(stepText, steps + (row << 3));
  if (at === 0 || !isWhole(steps + (row << 3))) return 0;
  stepTextLength = <i32>(at - stepText);
  return pass(at, CLOSE);
}

/** Goes on behind the step of the metric read last, as long as all but the key and the numbers is as it was there. */
function readAlike(): void {
  if (tail === 0 || stepLength === 0) return;
  for (let row = count; row < MOST_METRICS; row++) {
    let at = stepText + stepTextLength;
    if (!isSame(at, tail, tailLength)) return;
    at += tailLength;
    const key = findKey(at);
    if (key < 0) return;
    at += keyLength(key) + 1;
    if (!isSame(at, valueGap, valueLength)) return;
    at = readNumber(at + valueLength, values + (row << 3));
    if (at === 0 || !isSame(at, timeGap, timeLength)) return;
    const time = at + timeLength;
    const length = <i32>(stepGap - timeText);
    const place = row << 3;
    // With what stands behind it, or a longer number that begins alike would be taken for it.
    if (isSame(time, timeText, length + stepLength)) {
      store<f64>(times + place, load<f64>(times + place - 8));
      at = time + length;
    } else {
      at = readNumber(time, times + place);
      if (at === 0 || !isTime(row) || !isSame(at, stepGap, stepLength)) return;
    }
    const step = at + stepLength;
    if (isSame(step, stepText, stepTextLength + 1)) {
      store<f64>(steps + place, load<f64>(steps + place - 8));
    } else {
      const end = readNumber(step, steps + place);
      if (end === 0 || !isWhole(steps + place)) return;
      stepTextLength = <i32>(end - step);
    }
    store<i32>(keyOf + (row << 2), key);
    timeText = time;
    stepGap = at;
    stepText = step;
    count = row + 1;
  }
}

function isTime(row: i32): bool {
  return isWhole(times + (row << 3)) && load<f64>(times + (row << 3)) >= 0;
}

function group(): void {
  const keys = countKeys();
  memory.fill(COUNTS, 0, keys << 2);
  for (let row = 0; row < count; row++) {
    const place = COUNTS + (load<i32>(keyOf + (row << 2)) << 2);
    store<i32>(place, load<i32>(place) + 1);
  }
  let first: i32 = 0;
  for (let key = 0; key < keys; key++) {
    store<i32>(next + (key << 2), first);
    first += load<i32>(COUNTS + (key << 2));
  }
  writeKeys();
  for (let row = 0; row < count; row++) {
    const place = next + (load<i32>(keyOf + (row << 2)) << 2);
    const to = load<i32>(place);
    store<i32>(place, to + 1);
    store<f64>(STEPS + (to << 3), load<f64>(steps + (row << 3)));
    store<f64>(TIMES + (to << 3), load<f64>(times + (row << 3)));
    store<f64>(VALUES + (to << 3), load<f64>(values + (row << 3)));
  }
}
