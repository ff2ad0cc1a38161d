const MASK = (1n << 48n) - 1n;
/** Versions of one model that ids keep apart. */
const NUMBER_BITS = 20n;

/**
 * The id of an image as 12 hex digits. It follows from model and version, so every image has one, whoever made it; no two
 * images of a server share one (a bijection of 48 bits, for up to a million versions of each of 268 million models).
 */
export function modelId(model: number, version: number): string {
  let bits = ((BigInt(model) << NUMBER_BITS) + BigInt(version)) & MASK;
  // Odd factors and shifts by half can be undone, so nothing meets.
  bits = (bits * 0x9e3779b97f4bn) & MASK;
  bits ^= bits >> 24n;
  bits = (bits * 0xd1b54a32d193n) & MASK;
  bits ^= bits >> 24n;
  return bits.toString(16).padStart(12, "0");
}
