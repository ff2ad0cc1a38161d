import type { CompareTerm, Effort, InTerm, LikeTerm, Literal, ReadTx, SortKey } from "@cairn/core";
import type { Spine } from "./spine.ts";

/** Writes the truth (0 false, 1 unknown, 2 true) of a term for the first `count` slots of the selection into `out`. */
export type Predicate = (selection: Int32Array, count: number, out: Uint8Array) => void;

/** How one column orders slots, in one direction. */
export interface ColumnOrder {
  /** Below 0 when slot `a` comes before `b`. */
  compare(a: number, b: number): number;
  /** The same against a key from a cursor. */
  compareTo(key: SortKey): (slot: number) => number;
  /** For passing over most slots by one comparison of numbers, where less comes first. */
  readonly places: Places;
}

/**
 * A slot's place is `sign * values[at === null ? slot : at[slot]]`, if `present` is null or not 0 for it; else it has
 * none, and only `compare` tells.
 */
export interface Places {
  readonly values: Float64Array;
  readonly at: Int32Array | null;
  readonly present: Uint8Array | null;
  readonly sign: 1 | -1;
  /** The place of a cursor's key; NaN if it has none. */
  of(key: SortKey): number;
}

/** What is kept by slot (see `Spine`) and follows the change log: it holds what the rows say. */
export interface Followed {
  /** Bytes that it takes, about. */
  readonly bytes: number;
  /** More of what it holds is outdated than not: build it anew. */
  readonly isWorn: boolean;
  /** Makes room for so many slots; new ones are missing until they are refreshed. */
  grow(size: number): void;
  /** The slots' rows changed: reads them anew, or when they are next asked for. */
  refresh(tx: ReadTx, spine: Spine, slots: Iterable<number>): void;
}

/** One field of all runs. */
export interface Column extends Followed {
  /** @param effort of the search that asks. */
  compile(term: CompareTerm | InTerm | LikeTerm, effort: Effort): Predicate;
  isMissing(slot: number): boolean;
  key(slot: number, text: boolean): SortKey;
  /** Null when the field cannot be an order: then all runs are alike. Valid until the column changes. */
  order(text: boolean, descending: boolean): ColumnOrder | null;
  /** Valid until the column changes. */
  grouping(): Grouping;
}

/** A column's values as small numbers: equal ones for what is one group. */
export interface Grouping {
  /** Calls `put` once for each of the slot's values; not at all when it has none. */
  each(slot: number, put: (value: number) => void): void;
  valueOf(value: number): Literal;
}

/** Which slots the column lacks: what IS NULL asks. */
export function compileMissing(column: Column, negated: boolean): Predicate {
  const missing = negated ? 0 : 2;
  return (selection, count, out) => {
    for (let i = 0; i < count; i++) out[i] = column.isMissing(selection[i] as number) ? missing : 2 - missing;
  };
}
