/** Chance that repeats: the same seed gives the same demo. */
export interface Chance {
  /** 0 … 1. */
  next(): number;
  between(low: number, high: number): number;
  /** `low` … `high`, both included. */
  whole(low: number, high: number): number;
  /** Evenly over orders of magnitude. */
  magnitude(low: number, high: number): number;
  /** Mean 0, deviation 1. */
  normal(): number;
  is(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** mulberry32 by Tommy Ettinger, public domain. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + (high - low) * next();
  return Object.freeze({
    next,
    between,
    whole: (low: number, high: number) => low + Math.floor(next() * (high - low + 1)),
    magnitude: (low: number, high: number) => Math.exp(between(Math.log(low), Math.log(high))),
    // The sum of twelve even ones: near enough, and quicker than a logarithm and a sine.
    normal: () => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += next();
      return sum;
    },
    is: (probability: number) => next() < probability,
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T,
  });
}
