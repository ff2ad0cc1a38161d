/**
 * A 53-bit hash of a text, for telling accidents apart, not for secrets: two 32-bit multiplicative mixes over the
 * UTF-16 units, each finished as in MurmurHash3.
 */
export function hashText(text: string): number {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995);
    b ^= b >>> 13;
  }
  return (finish(a ^ text.length) & 0x1fffff) * 0x1_0000_0000 + finish(b);
}

function finish(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
