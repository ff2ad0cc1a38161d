import { notFound, TrackerError } from "../errors.ts";
import { clip } from "../ids.ts";
import type { WriteContext } from "../store/context.ts";
import type { ReadTx } from "../store/tx.ts";
import type { RunRow } from "./rows.ts";

/** A heartbeat is written at most this often, so that a run logging thousands of times a second does not rewrite its row each time. */
const HEARTBEAT_MS = 5000;

/** The run's row, deleted or not. @throws not_found for an unknown id, and once it is purged. */
export function getRunRow(tx: ReadTx, id: string): RunRow {
  const row = tx.list("runs", { index: "byId", prefix: [id], limit: 1 })[0];
  if (row === undefined || tx.get("experiments", row.experiment) === undefined) {
    throw notFound(`No run has the id '${clip(id)}'. Look it up with a search.`, { run: clip(id) });
  }
  return row;
}

/** When it was deleted: by itself, or with its experiment. */
export function runDeletedAt(tx: ReadTx, row: RunRow): number | null {
  return row.deletedAt ?? tx.get("experiments", row.experiment)?.deletedAt ?? null;
}

/** The row of a run that takes writes. @throws not_found; precondition when it or its experiment is deleted. */
export function writableRun(tx: ReadTx, id: string): RunRow {
  const row = tx.list("runs", { index: "byId", prefix: [id], limit: 1 })[0];
  const experiment = row && tx.get("experiments", row.experiment);
  if (row === undefined || experiment === undefined) return getRunRow(tx, id);
  if (row.deletedAt !== null) {
    throw new TrackerError("precondition", `Run '${id}' is deleted and takes no writes; restore it first.`, {
      run: id,
      state: "deleted",
    });
  }
  if (experiment.deletedAt !== null) {
    throw new TrackerError(
      "precondition",
      `Experiment ${experiment.id} of run '${id}' is deleted and takes no writes; restore it first.`,
      { run: id, experiment: experiment.id, state: "deleted" },
    );
  }
  return row;
}

/** Notes that the run lives. */
export function touchRun(context: WriteContext, row: RunRow): void {
  if (context.at - row.heartbeatAt < HEARTBEAT_MS) return;
  context.tx.put("runs", { ...row, heartbeatAt: context.at });
}
