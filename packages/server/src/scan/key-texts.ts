import { createKnownLists } from "./known-lists.ts";

/** Gives the keys of a text in which each ends with a quote; undefined if one is not allowed. */
export type KeyTexts = (text: Buffer) => readonly string[] | undefined;

const MOST_KNOWN = 32;

export function createKeyTexts(isAllowed: (key: string) => boolean): KeyTexts {
  const known = createKnownLists(MOST_KNOWN);
  return (text) => {
    const met = known.find((own) => own.equals(text));
    if (met !== undefined) return met.keys;
    const keys = text.toString("latin1", 0, text.length - 1).split('"');
    if (!keys.every(isAllowed)) return undefined;
    // A list that is met for the first time may never come again: it stays its call's own, which a queue counts.
    known.keep(Buffer.from(text), keys.slice());
    return keys;
  };
}
