/**
 * Compares two texts by code point: negative, 0 or positive. JavaScript's own `<` compares UTF-16 units and so puts
 * an emoji before U+FF5E; databases (`BINARY`, `COLLATE "C"`) compare UTF-8 bytes, which is the code points' order.
 *
 * @example
 * compareText("～", "😀") < 0; // true, though "～" > "😀"
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return x < 0xd800 || y < 0xd800 ? x - y : rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all that fit into one unit. */
function rank(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** Lower-cases A–Z and nothing else: what ILIKE ignores is the same in every store and every language. */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
