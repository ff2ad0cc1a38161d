import { type Reader, readByte, readCount, type Writer, writeByte, writeVarint } from "./bytes.ts";
import { corruptRecord } from "./corrupt.ts";
import { decodeInts, encodeInts } from "./ints.ts";
import { createScratch, ensure } from "./scratch.ts";

const MOST_DECIMALS = 9;
/** While whole numbers stay below this, a fit with k decimals is a fit with more too: v * 10^k is off by a quarter at most. */
const LARGEST = 2 ** 50;
/** A column with a larger share of NaN and infinities is no decimal column. */
const MOST_SPECIALS = 1 / 8;

const powers = Float64Array.from({ length: MOST_DECIMALS + 1 }, (_, k) => 10 ** k);
const whole = createScratch();

/**
 * The least k ≤ 9 such that each finite value is some whole number divided by 10^k, exactly; -1 if there is none.
 * Division rounds correctly, so w / 10^k is the same double that the decimal text was parsed to.
 */
export function findExponent(values: Float64Array, from: number, n: number): number {
  let k = 0;
  let power = 1;
  let specials = 0;
  let largest = 0;
  for (let i = from; i < from + n; i++) {
    const v = values[i] as number;
    if (v - v !== 0) {
      specials += 1;
      continue;
    }
    const size = Math.abs(v);
    if (size > largest) largest = size;
    while (Math.round(v * power) / power !== v) {
      k += 1;
      if (k > MOST_DECIMALS) return -1;
      power = powers[k] as number;
    }
  }
  // Those that came before k grew were tried with fewer decimals: this holds for all of them, or for none.
  return largest * power <= LARGEST && specials <= n * MOST_SPECIALS ? k : -1;
}

/**
 * Exponent, how many values are not finite, for each of them the distance from the one before and which it is, then the whole
 * numbers; in the place of a value that is not finite stands the number before it.
 */
export function encodeDecimals(
  w: Writer,
  values: Float64Array,
  from: number,
  n: number,
  exponent: number,
  tail: Writer | null,
): void {
  const power = powers[exponent] as number;
  const numbers = ensure(whole, n);
  let specials = 0;
  let last = 0;
  for (let i = 0; i < n; i++) {
    const v = values[from + i] as number;
    if (v - v === 0) last = Math.round(v * power);
    else specials += 1;
    numbers[i] = last;
  }
  writeByte(w, exponent);
  writeVarint(w, specials);
  if (specials > 0) writeSpecials(w, values, from, n);
  encodeInts(w, numbers, 0, n, 0, tail);
}

export function decodeDecimals(r: Reader, out: Float64Array, from: number, n: number): void {
  const exponent = readByte(r);
  if (exponent > MOST_DECIMALS) throw corruptRecord(r.kind, `no column has ${exponent} decimals`);
  const specials = readCount(r, n, "the number of values that are not finite");
  const specialsAt = r.at;
  for (let i = 0; i < specials; i++) readSpecial(r, n);
  decodeInts(r, out, from, n);
  if (exponent > 0) {
    const power = powers[exponent] as number;
    for (let i = from; i < from + n; i++) out[i] = (out[i] as number) / power;
  }
  if (specials > 0) restoreSpecials({ ...r, at: specialsAt }, specials, out, from, n);
}

function writeSpecials(w: Writer, values: Float64Array, from: number, n: number): void {
  let before = 0;
  for (let i = 0; i < n; i++) {
    const v = values[from + i] as number;
    if (v - v === 0) continue;
    writeVarint(w, i - before);
    writeByte(w, Number.isNaN(v) ? 0 : v > 0 ? 1 : 2);
    before = i;
  }
}

function readSpecial(r: Reader, n: number): number {
  const distance = readCount(r, n - 1, "a distance");
  const which = readByte(r);
  if (which > 2) throw corruptRecord(r.kind, `no value is of the kind ${which}`);
  return distance;
}

function restoreSpecials(r: Reader, specials: number, out: Float64Array, from: number, n: number): void {
  let i = 0;
  for (let k = 0; k < specials; k++) {
    i += readSpecial(r, n);
    if (i >= n) throw corruptRecord(r.kind, "a place lies beyond the column");
    out[from + i] = specialOf(r.bytes[r.at - 1] as number);
  }
}

function specialOf(which: number): number {
  if (which === 0) return Number.NaN;
  return which === 1 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}
