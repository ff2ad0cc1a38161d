import { compareKeys, type SortKey } from "@cairn/core";

/**
 * The order of a dictionary's keys as numbers, so that runs are ordered by texts without comparing texts. A place is
 * less when it comes first; equal keys share one; code c stands at c + 1, and 0 stands for what is missing.
 */
export interface Ranks {
  readonly bytes: number;
  /** Takes in the keys added since. */
  update(): void;
  places(descending: boolean): Float64Array;
  /** The place of any key, between those of the dictionary if it is not among them. */
  placeOf(key: SortKey, descending: boolean): number;
}

/** Numbers, NaN and texts: a direction turns each among themselves. */
type Class = 0 | 1 | 2;

/** @param keys grows at its end; no key is null. */
export function createRanks(keys: readonly SortKey[]): Ranks {
  /** Codes in ascending order. */
  let sorted: Int32Array = new Int32Array(0);
  let rising = new Float64Array([Number.POSITIVE_INFINITY]);
  let falling: Float64Array | null = null;
  /** Rank of the first and last key of each class; first > last for none. */
  let bounds: readonly { readonly first: number; readonly last: number }[] = [];

  const compare = (a: number, b: number) => compareKeys(keys[a] as SortKey, keys[b] as SortKey, false);

  /** Sorts the new codes, merges them in, and numbers all anew; old neighbours are not compared again. */
  function update(): void {
    if (sorted.length === keys.length) return;
    const known = sorted.length;
    const added = Array.from({ length: keys.length - known }, (_, i) => known + i).sort(compare);
    const merged = merge(sorted, added, compare);
    const ranks = new Float64Array(keys.length + 1);
    const ends = [0, 1, 2].map(() => ({ first: Number.POSITIVE_INFINITY, last: -1 }));
    let rank = 0;
    for (let i = 0; i < merged.length; i++) {
      const code = merged[i] as number;
      if (i > 0 && isAbove(code, merged[i - 1] as number, known)) rank++;
      ranks[code + 1] = rank;
      const end = ends[classOf(keys[code] as SortKey)] as { first: number; last: number };
      end.first = Math.min(end.first, rank);
      end.last = rank;
    }
    ranks[0] = Number.POSITIVE_INFINITY;
    sorted = merged;
    rising = ranks;
    falling = null;
    bounds = ends;
  }

  function isAbove(code: number, before: number, known: number): boolean {
    if (code < known && before < known) return rising[code + 1] !== rising[before + 1];
    return compare(code, before) !== 0;
  }

  function turned(rank: number, key: SortKey): number {
    const { first, last } = bounds[classOf(key)] ?? { first: 1, last: 0 };
    return first > last ? rank : first + last - rank;
  }

  function places(descending: boolean): Float64Array {
    if (!descending) return rising;
    if (falling === null) {
      falling = new Float64Array(rising.length).fill(Number.POSITIVE_INFINITY, 0, 1);
      for (let code = 0; code < keys.length; code++) {
        falling[code + 1] = turned(rising[code + 1] as number, keys[code] as SortKey);
      }
    }
    return falling;
  }

  return {
    get bytes() {
      return 8 * (sorted.length + rising.length + (falling?.length ?? 0));
    },
    update,
    places,
    placeOf(key, descending) {
      if (key === null) return Number.POSITIVE_INFINITY;
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (compareKeys(keys[sorted[middle] as number] as SortKey, key, false) < 0) low = middle + 1;
        else high = middle;
      }
      const code = sorted[low];
      const last = sorted[low - 1];
      const behind = last === undefined ? 0 : (rising[last + 1] as number) + 1;
      const next = code === undefined ? behind : (rising[code + 1] as number);
      const isThere = code !== undefined && compareKeys(keys[code] as SortKey, key, false) === 0;
      const rank = isThere ? next : next - 0.5;
      return descending ? turned(rank, key) : rank;
    },
  };
}

function classOf(key: SortKey): Class {
  if (typeof key === "string") return 2;
  return Number.isNaN(key) ? 1 : 0;
}

/** Few new codes come into many old ones: each is placed by halving, and the stretches between are copied whole. */
function merge(old: Int32Array, added: readonly number[], compare: (a: number, b: number) => number): Int32Array {
  const merged = new Int32Array(old.length + added.length);
  let from = 0;
  let at = 0;
  for (const code of added) {
    let low = from;
    let high = old.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(old[middle] as number, code) <= 0) low = middle + 1;
      else high = middle;
    }
    merged.set(old.subarray(from, low), at);
    at += low - from;
    merged[at++] = code;
    from = low;
  }
  merged.set(old.subarray(from), at);
  return merged;
}
