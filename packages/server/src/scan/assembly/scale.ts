import { POWERS } from "./areas";

/** Powers of ten further out are left to the host. */
export const FURTHEST: i32 = 64;

/**
 * The double next to `digits` · 10^`power`, by a product with the power's first 128 bits, which the host keeps at POWERS,
 * the highest bit set (after Lemire, Number Parsing at a Gigabyte per Second, 2021). They are cut off, so the
 * product is less than two units of its 128th bit too small: NaN where that, or half a unit on the spot, decides.
 */
export function scale(digits: u64, power: i32): f64 {
  if (power === 0) return <f64>digits;
  if (digits === 0) return 0;
  if (power < -FURTHEST || power > FURTHEST) return NaN;
  const zeros = <i32>clz(digits);
  const factor = digits << zeros;
  const entry = POWERS + ((power + FURTHEST) << 4);
  let high = multiplyHigh(factor, load<u64>(entry));
  const shift: u64 = 10 + (high >> 63);
  const half = (<u64>1) << (shift - 1);
  let rest = high & (half + half - 1);
  // The power's lower 64 bits make `high` larger by one at most.
  if (rest === half || rest === half - 1) {
    let low = factor * load<u64>(entry);
    const more = multiplyHigh(factor, load<u64>(entry, 8));
    low += more;
    if (low < more) {
      high++;
      rest++;
    }
    if (rest === half ? low === 0 : rest === half - 1 && low >= <u64>-2) return NaN;
  }
  const rounded = (high >> shift) + <u64>(rest >= half);
  // 217706 / 2^16 is log2(10): so the power lies between 2^it and twice that.
  const exponent: i64 = 52 + <i64>shift + 1 - zeros + ((power * 217706) >> 16);
  return reinterpret<f64>(((exponent + 1023) << 52) + <i64>(rounded - ((<u64>1) << 52)));
}

/** The upper 64 of the 128 bits of a product. */
function multiplyHigh(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff;
  const a1 = a >> 32;
  const b0 = b & 0xffffffff;
  const b1 = b >> 32;
  const middle = a1 * b0 + ((a0 * b0) >> 32);
  const other = a0 * b1 + (middle & 0xffffffff);
  return a1 * b1 + (middle >> 32) + (other >> 32);
}
