const ZERO: u8 = 0x30;

/** From `n` bytes on: sixteen indices that move `n` digits to the end of a vector, with zeros before them. */
const ALIGN: usize = memory.data<u8>([
  128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
  12, 13, 14, 15,
]);

const TENS: usize = memory.data<u64>([
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000,
  10000000000000, 100000000000000, 1000000000000000, 10000000000000000,
]);

/** The digits read since it was set to 0, as one number; more than 19 of them run over. */
export let gathered: u64 = 0;

export function forget(): void {
  gathered = 0;
}

/** Gathers digits, sixteen at a time. @returns the place behind them */
export function gatherDigits(from: usize): usize {
  let at = from;
  while (true) {
    const digits = i8x16.sub(v128.load(at), i8x16.splat(ZERO));
    const count = ctz(i8x16.bitmask(i8x16.gt_u(digits, i8x16.splat(9))) | 0x10000);
    const aligned = i8x16.swizzle(digits, v128.load(ALIGN + count));
    const high = join(i64x2.extract_lane(aligned, 0));
    gathered = gathered * load<u64>(TENS + (count << 3)) + high * 100000000 + join(i64x2.extract_lane(aligned, 1));
    at += count;
    if (count < 16) return at;
  }
}

/** Eight digits, the first in the lowest byte: neighbours are brought together three times, two, four and eight digits wide. */
function join(digits: u64): u64 {
  const pairs = (digits * ((10 << 8) | 1)) >> 8;
  const fours = ((pairs & 0x00ff00ff00ff00ff) * ((100 << 16) | 1)) >> 16;
  return ((fours & 0x0000ffff0000ffff) * ((10000 << 32) | 1)) >> 32;
}
