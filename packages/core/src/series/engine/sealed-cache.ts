import type { EntryColumns } from "../codec/entry.ts";
import { type Points, pointCount } from "../codec/points.ts";
import { type ByteLru, createByteLru } from "./byte-lru.ts";

/** Entries of neighbouring units of 1024 points of one attempt. `first` is the place of the first among the attempt's units. */
export interface Stretch {
  readonly attempt: number;
  readonly first: number;
  readonly entries: EntryColumns;
  /** No entry counts a NaN or an infinity. */
  readonly allFinite: boolean;
}

/** What bundles hold of one attempt: points in the one order, and entries of 1024 each. */
export interface Rest {
  readonly attempt: number;
  readonly points: Points;
  readonly entries: EntryColumns;
}

/** What is sealed of a series, as charts want it. */
export interface SealedSeries {
  /** By attempt and place. */
  readonly stretches: readonly Stretch[];
  readonly rests: readonly Rest[];
}

export type SealedCache = ByteLru<SealedSeries>;

const ENTRY_BYTES = 88;
const POINT_BYTES = 32;
const OBJECT_BYTES = 500;

export function createSealedCache(limit: number): SealedCache {
  return createByteLru(limit, ({ stretches, rests }) => {
    let bytes = OBJECT_BYTES;
    for (const { entries } of stretches) bytes += OBJECT_BYTES + entries.length * ENTRY_BYTES;
    for (const { points, entries } of rests) {
      bytes += OBJECT_BYTES + pointCount(points) * POINT_BYTES + entries.length * ENTRY_BYTES;
    }
    return bytes;
  });
}
