/** True if the `length` bytes at `a` are those at `b`. Reads up to 15 bytes more at both. */
export function isSame(a: usize, b: usize, length: i32): bool {
  return length <= 16 ? isSameVector(a, b, length) : isSameLong(a, b, length);
}

/** Bit by bit, the bytes of a vector that are the same; those behind `length` do not count. */
function isSameVector(a: usize, b: usize, length: i32): bool {
  const same = i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b)));
  return (~same & ((1 << length) - 1)) === 0;
}

function isSameLong(a: usize, b: usize, length: i32): bool {
  // The last vector overlaps the one before.
  const last = length - 16;
  for (let at: i32 = 0; at < last; at += 16) {
    if (v128.any_true(v128.xor(v128.load(a + at), v128.load(b + at)))) return false;
  }
  return !v128.any_true(v128.xor(v128.load(a + last), v128.load(b + last)));
}

/** Copies `length` bytes, by whole vectors: up to 15 more. */
export function copyText(to: usize, from: usize, length: i32): void {
  for (let at: i32 = 0; at < length; at += 16) v128.store(to + at, v128.load(from + at));
}

export function passBlanks(from: usize): usize {
  let at = from;
  for (let byte = load<u8>(at); byte <= 0x20; byte = load<u8>(++at)) {
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
  }
  return at;
}

/** Behind the byte, if it comes next but for blanks; else 0. */
export function pass(from: usize, byte: u8): usize {
  const at = passBlanks(from);
  return load<u8>(at) === byte ? at + 1 : 0;
}
