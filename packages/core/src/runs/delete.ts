import { TrackerError } from "../errors.ts";
import type { WriteContext } from "../store/context.ts";
import { getRunRow, runDeletedAt } from "./guard.ts";

/** Soft. A second time changes nothing. */
export function deleteRun(context: WriteContext, input: { readonly id: string }): void {
  const row = getRunRow(context.tx, input.id);
  if (row.deletedAt !== null) return;
  context.tx.put("runs", { ...row, deletedAt: context.at });
  context.emit({ kind: "run.updated", id: row.id, experiment: row.experiment });
}

/** @throws precondition while the run's experiment is deleted: that must be restored instead. */
export function restoreRun(context: WriteContext, input: { readonly id: string }): void {
  const { tx } = context;
  const row = getRunRow(tx, input.id);
  const experiment = tx.get("experiments", row.experiment);
  if (experiment !== undefined && experiment.deletedAt !== null) {
    throw new TrackerError(
      "precondition",
      `Run '${row.id}' is deleted with its experiment ${experiment.id}; restore that.`,
      {
        run: row.id,
        experiment: experiment.id,
        state: "deleted",
      },
    );
  }
  tx.put("runs", { ...row, deletedAt: null });
  context.emit({ kind: "run.updated", id: row.id, experiment: row.experiment });
}

/** Its row goes now, so that nothing of it is seen; the rest goes in slices (`purgeSlice`), its bytes with the next gc. */
export function purgeRun(context: WriteContext, input: { readonly id: string }): void {
  const { tx } = context;
  const row = getRunRow(tx, input.id);
  if (runDeletedAt(tx, row) === null) {
    throw new TrackerError("precondition", `Run '${row.id}' is in use: delete it before purging it.`, { run: row.id });
  }
  tx.delete("runs", row.row);
  tx.put("purges", { kind: "run", number: row.row, id: row.id });
  context.emit({ kind: "run.deleted", id: row.id, experiment: row.experiment });
}
