import { removeTree } from "../artifacts/remove-tree.ts";
import { checkpointTree } from "../artifacts/tree.ts";
import type { CheckpointId } from "../ids.ts";
import type { Tx } from "../store/tx.ts";

/** Takes away up to `limit` rows of a purged checkpoint; true when nothing of it is left. */
export function purgeCheckpointRows(tx: Tx, checkpoint: number, id: string, limit: number): boolean {
  for (const table of ["checkpointParameters", "checkpointTags"] as const) {
    if (tx.clear(table, { prefix: [checkpoint], limit }) > 0) return false;
  }
  // The keys of these begin with the run, so they are found by their index and go one by one.
  const links = tx.list("runCheckpoints", { index: "byCheckpoint", prefix: [checkpoint], limit });
  for (const { run, role, step } of links) tx.delete("runCheckpoints", run, role, checkpoint, step);
  if (links.length > 0) return false;
  const points = tx.list("checkpointPoints", { index: "byCheckpoint", prefix: [checkpoint], limit });
  for (const { run, name, time, step, dataset, digest, value } of points) {
    tx.delete("checkpointPoints", run, checkpoint, name, time, step, dataset, digest, value);
  }
  if (points.length > 0) return false;
  return removeTree(tx, checkpointTree(id as CheckpointId), limit) === 0;
}
