import { notFound, TrackerError } from "../errors.ts";
import { clip } from "../ids.ts";
import type { ReadTx } from "../store/tx.ts";
import type { CheckpointRow } from "./rows.ts";

/** The checkpoint's row, deleted or not. @throws not_found for an unknown id, and once it is purged. */
export function getCheckpointRow(tx: ReadTx, id: string): CheckpointRow {
  const row = tx.list("checkpoints", { index: "byId", prefix: [id], limit: 1 })[0];
  if (row === undefined || tx.get("experiments", row.experiment) === undefined) {
    throw notFound(`No checkpoint has the id '${clip(id)}'. Look it up with a search.`, { checkpoint: clip(id) });
  }
  return row;
}

/** When it was deleted: by itself, or with its experiment. */
export function checkpointDeletedAt(tx: ReadTx, row: CheckpointRow): number | null {
  return row.deletedAt ?? tx.get("experiments", row.experiment)?.deletedAt ?? null;
}

/**
 * The row of a checkpoint that takes writes. A soft-deleted one does: only runs and experiments refuse.
 * @throws not_found; precondition when its experiment is deleted.
 */
export function writableCheckpoint(tx: ReadTx, id: string): CheckpointRow {
  const row = getCheckpointRow(tx, id);
  if ((tx.get("experiments", row.experiment)?.deletedAt ?? null) === null) return row;
  throw new TrackerError(
    "precondition",
    `Experiment ${row.experiment} of checkpoint '${row.id}' is deleted and takes no writes; restore it first.`,
    { experiment: row.experiment, state: "deleted" },
  );
}
