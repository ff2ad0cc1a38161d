/** Lists of keys met lately, by place: a training logs the same metrics in the same order at every step. */
export interface KeyLists {
  /** The place of an equal list, or -1. */
  find(keys: readonly string[]): number;
  /** @returns the place it has from now on, where an older one may have been; -1 if it is not kept, because it is too long or short */
  keep(keys: readonly string[]): number;
  clear(): void;
}

const MOST_LISTS = 32;
/** Shorter ones are not worth it. Of the longest 32 take a megabyte beside their texts. */
const LEAST_KEYS = 16;
const MOST_KEYS = 4096;

export function createKeyLists(): KeyLists {
  const lists: (readonly string[])[] = [];
  let next = 0;
  return {
    find(keys) {
      if (keys.length < LEAST_KEYS) return -1;
      const itself = lists.indexOf(keys);
      return itself >= 0 ? itself : lists.findIndex((list) => isSame(list, keys));
    },
    keep(keys) {
      if (keys.length < LEAST_KEYS || keys.length > MOST_KEYS) return -1;
      const place = next;
      lists[place] = Object.isFrozen(keys) ? keys : keys.slice();
      next = (next + 1) % MOST_LISTS;
      return place;
    },
    clear() {
      lists.length = 0;
      next = 0;
    },
  };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
