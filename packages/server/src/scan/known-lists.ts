interface KnownList {
  readonly text: Buffer;
  readonly keys: readonly string[];
}

/** Lists of keys met lately, beside the bytes that they were read from: a training sends the same ones at every step. */
export interface KnownLists {
  find(isMet: (text: Buffer) => boolean): KnownList | undefined;
  /** For the next time; freezes the list. In place of the one that was kept first, if there are `most`. */
  keep(text: Buffer, keys: readonly string[]): void;
}

/**
 * What is found is frozen and the very same list each time, so that what stands behind (`createKeyLists`) need not read it, and a
 * queue need not count it: it is held here.
 */
export function createKnownLists(most: number): KnownLists {
  const known: KnownList[] = [];
  let next = 0;
  return {
    find: (isMet) => known.find(({ text }) => isMet(text)),
    keep(text, keys) {
      known[next] = { text, keys: Object.freeze(keys) };
      next = (next + 1) % most;
    },
  };
}
