import type { KeptRunParts, RunParts } from "@cairn/core";
import type { SearchChanges } from "../columns/column-cache.ts";

/** Characters of JSON that the kept parts stand for; in memory they take two to three times that. */
const MOST_SIZE = 16 << 20;

/**
 * Keeps parts of runs from one snapshot to the next, those last asked for. Each snapshot gets a view of its own; snapshots
 * never go back.
 */
export function keepRunParts(
  changedSince: (seq: number) => SearchChanges,
  mostSize: number = MOST_SIZE,
): { view(): KeptRunParts } {
  const kept = new Map<number, RunParts>();
  let size = 0;
  let seq = -1;

  function forget(run: number): void {
    size -= kept.get(run)?.size ?? 0;
    kept.delete(run);
  }

  /** Lets go of what changed. A log that starts anew, or no longer reaches back, says nothing of what is kept. */
  function sync(): void {
    const news = changedSince(seq);
    if (news.runs === "all" || news.seq < seq) {
      kept.clear();
      size = 0;
    } else {
      for (const run of news.runs) forget(run);
    }
    seq = news.seq;
  }

  return {
    view() {
      let isSynced = false;
      return {
        find(run) {
          if (!isSynced) sync();
          isSynced = true;
          const found = kept.get(run);
          if (found === undefined) return undefined;
          kept.delete(run);
          kept.set(run, found);
          return found;
        },
        keep(run, parts) {
          forget(run);
          kept.set(run, parts);
          size += parts.size;
          for (const oldest of kept.keys()) {
            if (size <= mostSize) return;
            forget(oldest);
          }
        },
      };
    },
  };
}
