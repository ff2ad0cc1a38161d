import { type Reader, readByte, readFloat, type Writer, writeByte, writeFloat } from "./bytes.ts";
import { corruptRecord } from "./corrupt.ts";
import { decodeDecimals, encodeDecimals, findExponent } from "./decimals.ts";
import {
  canonicalDoubles,
  canonicalize,
  canonicalSingles,
  type FloatWidth,
  readPlain,
  readShuffled,
  writePlain,
  writeShuffled,
} from "./floats.ts";

/** How a column of values is stored; chosen for each column. One value for all. */
export const CONSTANT = 0;
/** Whole numbers over a power of ten, as people and rounding make them. */
export const DECIMAL = 1;
/** Every value survives a trip through float32, as most losses do. */
export const FLOAT32 = 2;
export const FLOAT64 = 3;
/** A mark beside FLOAT32 or FLOAT64: stored as planes, for a compressor to come. */
const SHUFFLED = 4;

/** Beyond four decimals, float32 is the smaller home for a column that could be either (k/256 has eight decimals). */
const FEW_DECIMALS = 4;
const EXPONENT_SHIFT = 8;

/**
 * The smallest class that keeps `n` values bit for bit, as one number: the class (`classOf`), and above it the exponent of DECIMAL.
 * For FLOAT32 and FLOAT64 the values have been made canonical.
 */
export function chooseClass(values: Float64Array, from: number, n: number): number {
  if (isConstant(values, from, n)) return CONSTANT;
  const exponent = findExponent(values, from, n);
  const decimal = DECIMAL | (exponent << EXPONENT_SHIFT);
  if (exponent >= 0 && exponent <= FEW_DECIMALS) return decimal;
  if (canonicalize(values, from, n) === 4) return FLOAT32;
  return exponent >= 0 ? decimal : FLOAT64;
}

export function classOf(chosen: number): number {
  return chosen & 255;
}

/** Appends a value column: class byte, then what the class needs. With a `tail` it is shaped for compression. */
export function encodeValues(w: Writer, values: Float64Array, from: number, n: number, tail: Writer | null): void {
  if (n === 0) return;
  const chosen = chooseClass(values, from, n);
  const type = classOf(chosen);
  const isFloat = type === FLOAT32 || type === FLOAT64;
  writeByte(w, isFloat && tail !== null ? type | SHUFFLED : type);
  if (!isFloat) writeStream(w, values, from, n, chosen, tail);
  else if (tail === null) writePlain(w, n, widthOf(type));
  else writeShuffled(w, tail, (type === FLOAT32 ? canonicalSingles : canonicalDoubles).words, n, widthOf(type));
}

/** As `encodeValues` without a tail, for the hot path: float32 or float64, no search for a smaller class. */
export function encodePlainValues(w: Writer, values: Float64Array, from: number, n: number): void {
  if (n === 0) return;
  const width = canonicalize(values, from, n);
  writeByte(w, width === 4 ? FLOAT32 : FLOAT64);
  writePlain(w, n, width);
}

/** Fills `out[from, from + n)` from what `encodeValues` or `encodePlainValues` wrote. */
export function decodeValues(r: Reader, out: Float64Array, from: number, n: number): void {
  if (n === 0) return;
  const code = readByte(r);
  if (code === CONSTANT || code === DECIMAL) readStream(r, code, out, from, n);
  else if (code === FLOAT32 || code === FLOAT64) readPlain(r, widthOf(code), out, from, n);
  else if ((code & SHUFFLED) === 0) throw corruptRecord(r.kind, `no column of values has the class ${code}`);
  else readShuffled(r, widthOf(code & ~SHUFFLED), n, 0, out, from, n);
}

/** The body of a CONSTANT or DECIMAL column. */
export function writeStream(
  w: Writer,
  values: Float64Array,
  from: number,
  n: number,
  chosen: number,
  tail: Writer | null,
): void {
  if (chosen === CONSTANT) writeFloat(w, values[from] as number);
  else encodeDecimals(w, values, from, n, chosen >>> EXPONENT_SHIFT, tail);
}

export function readStream(r: Reader, code: number, out: Float64Array, from: number, n: number): void {
  if (code === CONSTANT) out.fill(readFloat(r), from, from + n);
  else decodeDecimals(r, out, from, n);
}

/** FLOAT32 → 4, everything else → 8. */
function widthOf(type: number): FloatWidth {
  return type === FLOAT32 ? 4 : 8;
}

/** One value for all; -0 is 0, and NaN is NaN. */
function isConstant(values: Float64Array, from: number, n: number): boolean {
  const first = values[from] as number;
  const nan = Number.isNaN(first);
  for (let i = from + 1; i < from + n; i++) {
    const v = values[i] as number;
    if (v !== first && !(nan && Number.isNaN(v))) return false;
  }
  return true;
}
