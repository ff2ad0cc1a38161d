/**
 * True if the `length` bytes at `a` are those at `b`, which lie before them. Four at a time: most of what a batch holds was
 * there a few bytes before.
 */
export function isSame(view: DataView, a: number, b: number, length: number): boolean {
  if (a + length > view.byteLength) return false;
  let at = 0;
  for (; at + 4 <= length; at += 4) if (view.getInt32(a + at, true) !== view.getInt32(b + at, true)) return false;
  for (; at < length; at++) if (view.getUint8(a + at) !== view.getUint8(b + at)) return false;
  return true;
}
