const ZERO = 0x30;
const NINE = 0x39;
const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;

/** Powers of ten that a double holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** The place of nothing. */
export const NOWHERE = -1;

/**
 * Reads the JSON number that begins at `start` into `out[index]`: the nearest double, bit for bit what JSON.parse gives.
 *
 * Up to 15 digits and 22 decimals, digits and power of ten are both exact and one division rounds once (Clinger, 1990). Up
 * to 18 digits the digits are the exact sum of two doubles, and so is the remainder of the division (Dekker, 1971); where
 * the rest lies too near the middle between two doubles to be sure, and for longer numbers and exponents, JavaScript's own
 * conversion decides.
 *
 * The place is returned and the number put away, not the other way round: a double that a function returns is an
 * allocation. Digits are gathered nine at a time in 32-bit integers, which take half as long to multiply.
 *
 * @returns the place behind the number; NOWHERE for what is no JSON number, or none that is finite.
 */
export function scanNumber(bytes: Buffer, start: number, out: Float64Array, index: number): number {
  let at = start;
  let byte = bytes[at] as number;
  const isNegative = byte === MINUS;
  if (isNegative) byte = bytes[++at] as number;
  const first = at;
  let head = 0;
  let tail = 0;
  let digits = 0;
  while (byte >= ZERO && byte <= NINE) {
    const digit = byte - ZERO;
    if (digits < 9) head = (Math.imul(head, 10) + digit) | 0;
    else tail = (Math.imul(tail, 10) + digit) | 0;
    if ((digits | digit) !== 0) digits++;
    byte = bytes[++at] as number;
  }
  if (at === first || (at > first + 1 && bytes[first] === ZERO)) return NOWHERE;
  let decimals = 0;
  if (byte === DOT) {
    const point = at;
    byte = bytes[++at] as number;
    while (byte >= ZERO && byte <= NINE) {
      const digit = byte - ZERO;
      if (digits < 9) head = (Math.imul(head, 10) + digit) | 0;
      else tail = (Math.imul(tail, 10) + digit) | 0;
      if ((digits | digit) !== 0) digits++;
      byte = bytes[++at] as number;
    }
    decimals = at - point - 1;
    if (decimals === 0) return NOWHERE;
  }
  if ((byte | 0x20) === 0x65) return scanExponent(bytes, start, at + 1, out, index);
  if (digits > 18 || decimals > 22) return convert(bytes, start, at, out, index);
  if (digits > 15) {
    const size = divide(head, tail, digits, decimals);
    if (Number.isNaN(size)) return convert(bytes, start, at, out, index);
    out[index] = isNegative ? -size : size;
    return at;
  }
  const whole = digits > 9 ? head * (powers[digits - 9] as number) + tail : head;
  const size = decimals === 0 ? whole : whole / (powers[decimals] as number);
  out[index] = isNegative ? -size : size;
  return at;
}

/** (head · 10^(digits-9) + tail) / 10^decimals; NaN when the last bit is not sure. */
function divide(head: number, tail: number, digits: number, decimals: number): number {
  const power = powers[decimals] as number;
  const scale = powers[digits - 9] as number;
  const product = head * scale;
  const low = productError(head, scale, product) + tail;
  const high = product + low;
  if (decimals === 0) return high;
  const rest = low - (high - product);
  const quotient = high / power;
  const back = quotient * power;
  const correction = (high - back - productError(quotient, power, back) + rest) / power;
  // All that is rounded above is below quotient · 2^-100.
  const doubt = quotient * 2 ** -95;
  const result = quotient + (correction - doubt);
  return result === quotient + (correction + doubt) ? result : Number.NaN;
}

/** a·b - fl(a·b), exactly. */
function productError(a: number, b: number, product: number): number {
  const a1 = split(a);
  const b1 = split(b);
  const a2 = a - a1;
  const b2 = b - b1;
  return a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2);
}

/** The upper 26 bits of a double's 53. */
function split(a: number): number {
  const shifted = a * 134_217_729;
  return shifted - (shifted - a);
}

function scanExponent(bytes: Buffer, start: number, from: number, out: Float64Array, index: number): number {
  let at = from;
  if (bytes[at] === MINUS || bytes[at] === PLUS) at++;
  const first = at;
  while ((bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at++;
  return at === first ? NOWHERE : convert(bytes, start, at, out, index);
}

function convert(bytes: Buffer, start: number, end: number, out: Float64Array, index: number): number {
  const value = Number(bytes.toString("latin1", start, end));
  out[index] = value;
  return Number.isFinite(value) ? end : NOWHERE;
}
