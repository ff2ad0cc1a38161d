import { invalid } from "../../errors.ts";
import { MAX_INTEGER } from "./bytes.ts";

/**
 * A column of whole numbers within ±(2^53-1). After the mode byte:
 * RUNS    first, then (difference, how often) pairs: steps, ids, constants
 * OFFSET  first, least difference, then each difference less the least: sorted times with jitter
 * DELTA   first, then each difference: noise with outliers
 * SECOND  first, then differences of differences: smoothly changing gaps
 * RAW     doubles: gaps beyond 2^51, where differences would not be exact
 * REPEAT  a period, then one period as a column of its own: the same steps for each series of a batch
 * OFFSET_PLANES, DELTA_PLANES  as OFFSET and DELTA, but of fixed width and as planes, for a compressor to come
 */
export const RUNS = 0;
export const OFFSET = 1;
export const DELTA = 2;
export const SECOND = 3;
export const RAW = 4;
export const REPEAT = 5;
export const OFFSET_PLANES = 6;
export const DELTA_PLANES = 7;

/** Differences up to here are exact, and so are the differences of those. */
const EXACT_GAP = 2 ** 51;
const SAMPLE = 128;
const WORD = 2 ** 32;

/** What `chooseMode` saw last: the least and greatest gap, and whether all are equal. Nobody need look for them again. */
export const gaps = { least: 0, most: 0, oneRun: false };

/** Checks every number and picks the mode whose numbers are smallest on the whole. */
export function chooseMode(column: Float64Array, from: number, n: number, base: number): number {
  const end = from + n;
  const first = column[from] as number;
  const last = column[end - 1] as number;
  if (!isWhole(first)) throw notWhole(first);
  if (Math.abs(first - base) > MAX_INTEGER) return checkAll(column, from, n);
  gaps.oneRun = isWhole(last) && Math.abs(last - first) <= EXACT_GAP && isOneRun(column, from, end);
  if (gaps.oneRun) return RUNS;
  let before = first;
  let gapBefore = Number.NaN;
  let runs = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = from + 1; i < end; i++) {
    const x = column[i] as number;
    if (!isWhole(x)) throw notWhole(x);
    const gap = x - before;
    if (gap !== gapBefore) runs += 1;
    if (gap < least) least = gap;
    if (gap > most) most = gap;
    before = x;
    gapBefore = gap;
  }
  gaps.least = least;
  gaps.most = most;
  if (most > EXACT_GAP || least < -EXACT_GAP) return RAW;
  if (runs * 3 <= n + 2) return RUNS;
  return chooseByGaps(column, from, n, last - first - (n - 1) * least);
}

/** What DELTA and SECOND would come to is guessed from a stretch at the start and one at the end. */
function chooseByGaps(column: Float64Array, from: number, n: number, offsets: number): number {
  const end = from + n;
  let moves = 0;
  let bends = 0;
  let seen = 0;
  let before = 0;
  for (let i = from + 1; i < end; i++) {
    if (i === from + SAMPLE && n > 2 * SAMPLE) i = end - SAMPLE;
    const gap = (column[i] as number) - (column[i - 1] as number);
    moves += Math.abs(gap);
    bends += Math.abs(gap - before);
    before = gap;
    seen += 1;
  }
  const mean = offsets / (n - 1);
  if (mean * seen <= 2 * moves && mean * seen <= 2 * bends) return OFFSET;
  return moves <= bends ? DELTA : SECOND;
}

/** Quick answer for constants and regular steps. Every number is looked at: between large whole ones a fraction could hide. */
function isOneRun(column: Float64Array, from: number, end: number): boolean {
  let before = column[from] as number;
  const gap = from + 1 < end ? (column[from + 1] as number) - before : 0;
  for (let i = from + 1; i < end; i++) {
    const x = column[i] as number;
    if (x - before !== gap || Math.trunc(x) !== x) return false;
    before = x;
  }
  return true;
}

function checkAll(column: Float64Array, from: number, n: number): number {
  for (let i = from; i < from + n; i++) if (!isWhole(column[i] as number)) throw notWhole(column[i] as number);
  return RAW;
}

/** Bytes that each number of OFFSET_PLANES or DELTA_PLANES takes; 0 if varints do as well or a number is too large. */
export function planeWidth(mode: number): number {
  if (mode !== OFFSET && mode !== DELTA) return 0;
  const largest = mode === OFFSET ? gaps.most - gaps.least : 2 * Math.max(gaps.most, -gaps.least);
  if (largest < 128 || largest >= WORD) return 0;
  return largest < 0x100 ? 1 : largest < 0x1_0000 ? 2 : largest < 0x100_0000 ? 3 : 4;
}

export function isWhole(x: number): boolean {
  return Math.trunc(x) === x && x <= MAX_INTEGER && x >= -MAX_INTEGER;
}

function notWhole(x: number): Error {
  return invalid(`A step, time or batch must be a whole number within ±(2^53-1), not ${x}.`, { value: String(x) });
}
