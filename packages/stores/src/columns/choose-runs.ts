import type { Lifecycle, ReadTx, RunSearch } from "@cairn/core";
import { ALIVE, DELETED, type Spine } from "./spine.ts";

/**
 * Compiles which slots a search looks at: puts those of `from` down to `to` (the newest first) into the selection.
 * A run counts as deleted by its own mark or its experiment's; with its experiment's row gone, it is gone.
 */
export function compileChoice(tx: ReadTx, spine: Spine, search: Pick<RunSearch, "experiments" | "lifecycle">): Choice {
  const { states, experiments } = spine;
  const accepted = buildAccepted(spine, search.lifecycle, readWanted(tx, search));
  return {
    accepted,
    choose(from, to, selection) {
      let count = 0;
      for (let slot = from; slot >= to; slot--) {
        selection[count] = slot;
        count += accepted[(experiments[slot] as number) * STATES + (states[slot] as number)] as number;
      }
      return count;
    },
  };
}

export interface Choice {
  /** What it goes by beside the spine: experiments and their deletion are in no change log of runs. */
  readonly accepted: Uint8Array;
  choose(from: number, to: number, selection: Int32Array): number;
}

const STATES = 3;

/** For each experiment's place and each state of a run, 1 if such runs are looked at. */
function buildAccepted(spine: Spine, lifecycle: Lifecycle, wanted: ReadonlyMap<number, boolean>): Uint8Array {
  const accepted = new Uint8Array(spine.experimentIds.length * STATES);
  spine.experimentIds.forEach((id, place) => {
    const isAlive = wanted.get(id);
    if (isAlive === undefined) return;
    const at = place * STATES;
    accepted[at + ALIVE] = Number(lifecycle === "all" || isAlive === (lifecycle === "active"));
    accepted[at + DELETED] = Number(lifecycle !== "active");
  });
  return accepted;
}

/** The experiments to look in → whether each is alive. */
function readWanted(tx: ReadTx, search: Pick<RunSearch, "experiments">): ReadonlyMap<number, boolean> {
  if (search.experiments === null) {
    const all = tx.pick("experiments", ["id", "deletedAt"], { prefix: [] });
    return new Map(all.map(({ id, deletedAt }) => [id, deletedAt === null]));
  }
  const wanted = new Map<number, boolean>();
  for (const id of search.experiments) {
    const experiment = tx.get("experiments", id);
    if (experiment !== undefined) wanted.set(id, experiment.deletedAt === null);
  }
  return wanted;
}
