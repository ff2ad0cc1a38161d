import { type CheckpointId, parseCheckpointId, parseRunId, type RunId } from "../ids.ts";
import { MAX_ITEMS } from "../limits.ts";
import type { RunFiles } from "../runs/files.ts";
import type { RecordStore } from "../store/port.ts";
import type { QueryOutput } from "../store/queries.ts";
import type { ArtifactStore } from "./port.ts";
import { checkpointTree, runTree } from "./tree.ts";

type Ids = QueryOutput<"runs.ids">;

/** Takes the files of purged runs, checkpoints and experiments along, where no row names them. */
export function treeClearing(records: RecordStore, artifacts: ArtifactStore): RunFiles {
  const clearEach = async (
    query: "runs.ids" | "checkpoints.ids",
    experiment: number,
    treeOf: (id: string) => string,
    clears: (() => Promise<void>)[],
  ) => {
    for (let after: number | null = 0; after !== null; ) {
      const page: Ids = await records.read(query, { experiment, after, limit: MAX_ITEMS });
      for (const id of page.ids) clears.push(await artifacts.clear(treeOf(id)));
      after = page.next;
    }
  };
  return {
    clear: async (run) => artifacts.clear(runTree(parseRunId(run))),
    clearCheckpoint: async (checkpoint) => artifacts.clear(checkpointTree(parseCheckpointId(checkpoint))),
    clearAll: async (experiment) => {
      // Where rows name the files, they go with the rows.
      if (artifacts.capabilities.revisions) return async () => {};
      const clears: (() => Promise<void>)[] = [];
      await clearEach("runs.ids", experiment, (id) => runTree(id as RunId), clears);
      await clearEach("checkpoints.ids", experiment, (id) => checkpointTree(id as CheckpointId), clears);
      return async () => {
        for (const clear of clears) await clear();
      };
    },
  };
}
