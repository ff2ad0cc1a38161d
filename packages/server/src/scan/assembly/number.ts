import { forget, gatherDigits, gathered } from "./digits";
import { scale } from "./scale";

const ZERO: u8 = 0x30;
const PLUS: u8 = 0x2b;
const MINUS: u8 = 0x2d;
const DOT: u8 = 0x2e;
/** So many digits always fit into 64 bits. */
const MOST_DIGITS: i32 = 19;
const MOST_EXPONENT: u64 = 9999;
/** 2^53 - 1. */
const MOST_WHOLE: f64 = 9007199254740991;

/** What JavaScript makes of the number from `start` to `end`. */
declare function convert(start: usize, end: usize): f64;

/**
 * Reads the JSON number that begins at `start` into the double at `out`: bit for bit what JSON.parse gives.
 * @returns the place behind it; 0 for what is no JSON number, or none that is finite.
 */
export function readNumber(start: usize, out: usize): usize {
  const isNegative = load<u8>(start) === MINUS;
  const first = start + <usize>isNegative;
  forget();
  let at = gatherDigits(first);
  const whole = <i32>(at - first);
  if (whole === 0 || (whole > 1 && load<u8>(first) === ZERO)) return 0;
  let decimals: i32 = 0;
  if (load<u8>(at) === DOT) {
    const point = at + 1;
    at = gatherDigits(point);
    decimals = <i32>(at - point);
    if (decimals === 0) return 0;
  }
  const digits = gathered;
  let power = -decimals;
  if ((load<u8>(at) | 0x20) === 0x65) {
    at++;
    const sign = load<u8>(at);
    const from = at + <usize>(sign === MINUS || sign === PLUS);
    forget();
    at = gatherDigits(from);
    if (at === from) return 0;
    // Beyond any double, and from far more digits than that `gathered` has run over: the host decides.
    const exponent = at - from > 9 || gathered > MOST_EXPONENT ? <i32>MOST_EXPONENT : <i32>gathered;
    power += sign === MINUS ? -exponent : exponent;
  }
  const isShort = whole + decimals <= MOST_DIGITS || whole + decimals - countZeros(first) <= MOST_DIGITS;
  const size = isShort ? scale(digits, power) : NaN;
  const value = isNaN(size) ? convert(start, at) : isNegative ? -size : size;
  store<f64>(out, value);
  return isFinite(value) ? at : 0;
}

/** True if the double at `place` is a whole number within ±(2^53-1). */
export function isWhole(place: usize): bool {
  const value = load<f64>(place);
  return floor(value) === value && abs(value) <= MOST_WHOLE;
}

/** The zeros before the first other digit. */
function countZeros(first: usize): i32 {
  let zeros: i32 = 0;
  let at = first;
  for (let byte = load<u8>(at); byte === ZERO || byte === DOT; byte = load<u8>(++at)) zeros += <i32>(byte === ZERO);
  return zeros;
}
