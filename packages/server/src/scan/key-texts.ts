/** Gives the keys of a text in which each ends with a quote; undefined if one is not allowed. */
export type KeyTexts = (text: Buffer) => readonly string[] | undefined;

const MOST_KNOWN = 32;

/** Lists of keys read lately, beside their texts: a training sends the same ones at every step. */
export function createKeyTexts(isAllowed: (key: string) => boolean): KeyTexts {
  const known: { readonly text: Buffer; readonly keys: readonly string[] }[] = [];
  let next = 0;
  return (text) => {
    const met = known.find((list) => list.text.equals(text));
    if (met !== undefined) return met.keys;
    const keys = text.toString("latin1", 0, text.length - 1).split('"');
    if (!keys.every(isAllowed)) return undefined;
    // Frozen, a list is known by itself behind this, and need not be read again (`createKeyLists`).
    known[next] = { text: Buffer.from(text), keys: Object.freeze(keys) };
    next = (next + 1) % MOST_KNOWN;
    return keys;
  };
}
