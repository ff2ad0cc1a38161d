/** Where a scan stands in its bytes. One object for a whole scan, so that nothing is allocated per number. */
export interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;
const DOT = 0x2e;

/** Powers of ten that a double holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * Reads a JSON number at the cursor and leaves the cursor behind it. The result is the nearest double, bit for bit what
 * JSON.parse gives.
 *
 * Up to 15 digits and 22 decimals, digits and power of ten are both exact and one division rounds once (Clinger, 1990). Up
 * to 19 digits the digits are the exact sum of two doubles, and so is the remainder of the division (Dekker, 1971); where
 * the rest lies too near the middle between two doubles to be sure, and for longer numbers and exponents, JavaScript's own
 * conversion decides.
 *
 * @returns NaN for what is not a JSON number, or not finite.
 */
export function scanNumber(cursor: Cursor): number {
  const { bytes } = cursor;
  const start = cursor.at;
  let at = start;
  let byte = bytes[at] as number;
  const isNegative = byte === MINUS;
  if (isNegative) byte = bytes[++at] as number;
  let head = 0;
  let tail = 0;
  let digits = 0;
  const first = at;
  while (byte >= ZERO && byte <= NINE) {
    if (digits < 15) head = head * 10 + (byte - ZERO);
    else tail = tail * 10 + (byte - ZERO);
    if (digits > 0 || byte !== ZERO) digits++;
    byte = bytes[++at] as number;
  }
  if (at === first || (at > first + 1 && bytes[first] === ZERO)) return Number.NaN;
  let decimals = 0;
  if (byte === DOT) {
    const point = at;
    byte = bytes[++at] as number;
    while (byte >= ZERO && byte <= NINE) {
      if (digits < 15) head = head * 10 + (byte - ZERO);
      else tail = tail * 10 + (byte - ZERO);
      if (digits > 0 || byte !== ZERO) digits++;
      byte = bytes[++at] as number;
    }
    decimals = at - point - 1;
    if (decimals === 0) return Number.NaN;
  }
  cursor.at = at;
  if ((byte | 0x20) === 0x65) return scanExponent(cursor, start);
  const size = decimals > 22 || digits > 19 ? Number.NaN : divide(head, tail, digits, decimals);
  if (Number.isNaN(size)) return convert(cursor, start);
  return isNegative ? -size : size;
}

/** (head · 10^(digits-15) + tail) / 10^decimals; NaN when it cannot be sure of the last bit. */
function divide(head: number, tail: number, digits: number, decimals: number): number {
  const power = powers[decimals] as number;
  if (digits <= 15) return head / power;
  const scale = powers[digits - 15] as number;
  const product = head * scale;
  const low = productError(head, scale, product) + tail;
  const high = product + low;
  const rest = low - (high - product);
  if (decimals === 0) return high;
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

function scanExponent(cursor: Cursor, start: number): number {
  const { bytes } = cursor;
  let at = cursor.at + 1;
  if (bytes[at] === MINUS || bytes[at] === 0x2b) at++;
  const first = at;
  while ((bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at++;
  cursor.at = at;
  return at === first ? Number.NaN : convert(cursor, start);
}

function convert({ bytes, at }: Cursor, start: number): number {
  const value = Number(bytes.latin1Slice(start, at));
  return Number.isFinite(value) ? value : Number.NaN;
}
