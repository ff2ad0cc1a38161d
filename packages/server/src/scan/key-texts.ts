/** Gives the keys of a text in which each ends with a quote; undefined if one is not allowed. */
export type KeyTexts = (text: Buffer) => readonly string[] | undefined;

const MOST_KNOWN = 32;

/**
 * Lists of keys read lately, beside their texts: a training sends the same ones at every step. Met again, a list is frozen and the
 * very same, so that what stands behind (`createKeyLists`) need not read it, and a queue need not count it: it is held here. One that
 * is met for the first time may never come again, and is its call's own.
 */
export function createKeyTexts(isAllowed: (key: string) => boolean): KeyTexts {
  const known: { readonly text: Buffer; readonly keys: readonly string[] }[] = [];
  let next = 0;
  return (text) => {
    const met = known.find((list) => list.text.equals(text));
    if (met !== undefined) return met.keys;
    const keys = text.toString("latin1", 0, text.length - 1).split('"');
    if (!keys.every(isAllowed)) return undefined;
    known[next] = { text: Buffer.from(text), keys: Object.freeze(keys.slice()) };
    next = (next + 1) % MOST_KNOWN;
    return keys;
  };
}
