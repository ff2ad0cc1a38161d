import { grown } from "./grow.ts";

/**
 * A list of small numbers for each slot, or none read yet. Equal lists are one where it is asked for: runs of one script
 * have the same keys.
 */
export interface KeyLists {
  readonly bytes: number;
  /** More of the pool is lists that no slot has any more than not. */
  readonly isWorn: boolean;
  grow(size: number): void;
  has(slot: number): boolean;
  set(slot: number, items: readonly number[]): void;
  forget(slot: number): void;
  /** How many of the slots have each item; an item that none has may be left out at the end. */
  count(slots: Int32Array): Uint32Array;
}

/** Lists lie in one pool, each behind its length; the pool's first list is the empty one. */
export function createKeyLists({ shares }: { readonly shares: boolean }): KeyLists {
  let pool = new Int32Array(1024);
  let end = 1;
  /** Where a slot's list begins, plus one; 0 = not read yet. */
  let starts = new Int32Array(0);
  /** Lists by their hash. */
  const known = new Map<number, number>();
  let wasted = 0;
  let items = 0;

  function put(list: readonly number[]): number {
    if (list.length === 0) return 0;
    const hash = shares ? hashOf(list) : 0;
    const same = shares ? known.get(hash) : undefined;
    if (same !== undefined && isAt(same, list)) return same;
    const start = end;
    end += list.length + 1;
    pool = grown(pool, end);
    pool[start] = list.length;
    pool.set(list, start + 1);
    if (shares) known.set(hash, start);
    return start;
  }

  function isAt(start: number, list: readonly number[]): boolean {
    if (pool[start] !== list.length) return false;
    return list.every((item, at) => pool[start + 1 + at] === item);
  }

  function forget(slot: number): void {
    const start = (starts[slot] ?? 0) - 1;
    if (!shares && start > 0) wasted += (pool[start] as number) + 1;
    starts[slot] = 0;
  }

  return {
    get bytes() {
      return pool.byteLength + starts.byteLength + 48 * known.size;
    },
    get isWorn() {
      return wasted > 1024 && wasted > end / 2;
    },
    grow(size) {
      starts = grown(starts, size);
    },
    has: (slot) => starts[slot] !== 0,
    set(slot, list) {
      forget(slot);
      starts[slot] = put(list) + 1;
      for (const item of list) if (item >= items) items = item + 1;
    },
    forget,
    count(slots) {
      const counts = new Uint32Array(items);
      if (!shares) {
        for (const slot of slots) {
          const start = (starts[slot] as number) - 1;
          const last = start + (pool[start] as number);
          for (let at = start + 1; at <= last; at++) {
            const item = pool[at] as number;
            counts[item] = (counts[item] as number) + 1;
          }
        }
        return counts;
      }
      const uses = new Map<number, number>();
      for (const slot of slots) {
        const start = (starts[slot] as number) - 1;
        uses.set(start, (uses.get(start) ?? 0) + 1);
      }
      for (const [start, count] of uses) {
        const last = start + (pool[start] as number);
        for (let at = start + 1; at <= last; at++) {
          const item = pool[at] as number;
          counts[item] = (counts[item] as number) + count;
        }
      }
      return counts;
    },
  };
}

/** FNV-1a over the numbers. */
function hashOf(list: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const item of list) hash = Math.imul(hash ^ item, 0x01000193) ^ (hash >>> 15);
  return hash >>> 0;
}
