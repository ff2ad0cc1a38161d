import { createEffort, type ReadTx, type RunSearch } from "@cairn/core";
import { compileChoice } from "./choose-runs.ts";
import type { ColumnView } from "./column-cache.ts";
import { BLOCK, compileFilter } from "./filter.ts";

/** Sees the first `count` slots of the selection. */
export type Visit = (selection: Int32Array, count: number) => void;

/** The slots that a search finds, the newest first, block by block. */
export interface Walk {
  /** What the walk goes by beside columns, as text. */
  stamp(): string;
  /** From the slot `from` (the youngest when left out) down, until there are enough; gives how many were seen. */
  each(visit: Visit, from?: number, isEnough?: () => boolean): number;
  all(): Int32Array;
}

/** The first block is small: mostly what is wanted is among the newest. */
const FIRST_BLOCK = 256;

export function createWalk(
  tx: ReadTx,
  search: Pick<RunSearch, "experiments" | "lifecycle" | "filter">,
  view: ColumnView,
): Walk {
  const { choose, accepted } = compileChoice(tx, view.spine, search);
  const filter = search.filter === null ? null : compileFilter(search.filter, view, createEffort());
  const selection = new Int32Array(BLOCK);

  function each(visit: Visit, from = view.spine.size - 1, isEnough = () => false): number {
    let seen = 0;
    let top = from;
    for (let size = FIRST_BLOCK; top >= 0 && !isEnough(); size = BLOCK) {
      const chosen = choose(top, Math.max(0, top - size + 1), selection);
      const count = filter === null ? chosen : filter(selection, chosen);
      seen += count;
      visit(selection, count);
      top -= size;
    }
    return seen;
  }

  return {
    stamp: () => accepted.join(""),
    each,
    all() {
      const slots = new Int32Array(view.spine.size);
      let at = 0;
      each((found, count) => {
        slots.set(found.subarray(0, count), at);
        at += count;
      });
      return slots.slice(0, at);
    },
  };
}
