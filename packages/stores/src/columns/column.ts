import type { CompareTerm, InTerm, LikeTerm, ReadTx, SortKey } from "@cairn/core";
import type { Spine } from "./spine.ts";

/** Writes the truth (0 false, 1 unknown, 2 true) of a term for the first `count` slots of the selection into `out`. */
export type Predicate = (selection: Int32Array, count: number, out: Uint8Array) => void;

/** One field of all runs, by slot (see `Spine`). It holds what the rows say; `refresh` reads slots anew. */
export interface Column {
  /** Bytes that it takes, about. */
  readonly bytes: number;
  /** More of what it holds is outdated than not: build it anew. */
  readonly isWorn: boolean;
  /** Makes room for so many slots; new ones are missing until they are refreshed. */
  grow(size: number): void;
  refresh(tx: ReadTx, spine: Spine, slots: Iterable<number>): void;
  compile(term: CompareTerm | InTerm | LikeTerm): Predicate;
  isMissing(slot: number): boolean;
  key(slot: number, text: boolean): SortKey;
  /** The numbers by slot, where this is all that the column holds. The arrays may be others after `grow`. */
  readonly numbers: { readonly values: Float64Array; readonly present: Uint8Array } | null;
}

/** Which slots the column lacks: what IS NULL asks. */
export function compileMissing(column: Column, negated: boolean): Predicate {
  const missing = negated ? 0 : 2;
  return (selection, count, out) => {
    for (let i = 0; i < count; i++) out[i] = column.isMissing(selection[i] as number) ? missing : 2 - missing;
  };
}
