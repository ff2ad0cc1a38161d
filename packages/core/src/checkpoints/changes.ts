import { TrackerError } from "../errors.ts";
import { getExperimentRow } from "../experiments/read.ts";
import { getRunRow } from "../runs/guard.ts";
import type { ParameterInput } from "../runs/inputs.ts";
import type { WriteContext } from "../store/context.ts";
import { nextNumber } from "../store/numbers.ts";
import type { Checkpoint, CheckpointState, UpdateCheckpoint } from "./checkpoint.ts";
import { checkpointDeletedAt, getCheckpointRow, writableCheckpoint } from "./guard.ts";
import { putCheckpointParameters, putCheckpointTags } from "./parameters.ts";
import { readCheckpoint } from "./read.ts";
import type { CheckpointRow } from "./rows.ts";

/** As `CreateCheckpoint`, with every default filled in and an id chosen. */
export interface NewCheckpoint {
  readonly id: string;
  /** null = the run's, else 0. */
  readonly experiment: number | null;
  readonly name: string;
  readonly type: string;
  readonly state: CheckpointState;
  readonly run: string | null;
  readonly author: string;
  readonly parameters: readonly ParameterInput[];
  readonly tags: Readonly<Record<string, string>>;
}

export const checkpointChanges = {
  /** @throws not_found for the experiment or run; precondition when the experiment is deleted. */
  "checkpoints.create"(context: WriteContext, input: NewCheckpoint): Checkpoint {
    const { tx, at } = context;
    const run = input.run === null ? null : getRunRow(tx, input.run);
    const experiment = getExperimentRow(tx, input.experiment ?? run?.experiment ?? 0);
    if (experiment.deletedAt !== null) {
      throw new TrackerError(
        "precondition",
        `Experiment ${experiment.id} is deleted and takes no checkpoints; restore it first.`,
        { experiment: experiment.id, state: "deleted" },
      );
    }
    const { id, name, type, state, author } = input;
    const row: CheckpointRow = {
      row: nextNumber(tx, "checkpoints"),
      id,
      experiment: experiment.id,
      name,
      type,
      state,
      message: null,
      run: run?.id ?? "",
      author,
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
    };
    tx.put("checkpoints", row);
    putCheckpointParameters(tx, row, input.parameters);
    putCheckpointTags(tx, row, input.tags);
    context.emit({ kind: "checkpoint.created", id, experiment: row.experiment });
    return readCheckpoint(tx, row);
  },

  /** @throws not_found; precondition when the experiment is deleted; conflict for a changed parameter. */
  "checkpoints.update"(
    context: WriteContext,
    input: UpdateCheckpoint & { readonly id: string; readonly strict: boolean },
  ): Checkpoint {
    const { tx, at } = context;
    const row = writableCheckpoint(tx, input.id);
    const { name, type, state, message } = input;
    const isChanged = [name, type, state, message].some((value) => value !== undefined);
    const next: CheckpointRow = {
      ...row,
      name: name ?? row.name,
      type: type ?? row.type,
      state: state ?? row.state,
      message: message === undefined ? row.message : message,
      updatedAt: isChanged ? at : row.updatedAt,
    };
    if (isChanged) tx.put("checkpoints", next);
    putCheckpointParameters(tx, row, input.parameters ?? []);
    putCheckpointTags(tx, row, input.tags ?? {}, input.strict);
    emitUpdated(context, row);
    return readCheckpoint(tx, next);
  },

  /** Soft. A second time changes nothing. */
  "checkpoints.delete"(context: WriteContext, input: { readonly id: string }): void {
    const row = getCheckpointRow(context.tx, input.id);
    if (row.deletedAt === null) setDeleted(context, row, context.at);
  },

  /** @throws precondition while the experiment is deleted: that must be restored instead. */
  "checkpoints.restore"(context: WriteContext, input: { readonly id: string }): Checkpoint {
    const row = writableCheckpoint(context.tx, input.id);
    const next = row.deletedAt === null ? row : setDeleted(context, row, null);
    return readCheckpoint(context.tx, next);
  },

  /** Its row goes now, so that nothing of it is seen; the rest goes in slices (`purgeSlice`), its bytes with the next gc. */
  "checkpoints.purge"(context: WriteContext, input: { readonly id: string }): void {
    const { tx } = context;
    const row = getCheckpointRow(tx, input.id);
    if (checkpointDeletedAt(tx, row) === null) {
      throw new TrackerError("precondition", `Checkpoint '${row.id}' is in use: delete it before purging it.`, {
        checkpoint: row.id,
      });
    }
    tx.delete("checkpoints", row.row);
    tx.put("purges", { kind: "checkpoint", number: row.row, id: row.id });
    context.emit({ kind: "checkpoint.deleted", id: row.id, experiment: row.experiment });
  },
};

function setDeleted(context: WriteContext, row: CheckpointRow, deletedAt: number | null): CheckpointRow {
  const next = { ...row, deletedAt, updatedAt: context.at };
  context.tx.put("checkpoints", next);
  emitUpdated(context, row);
  return next;
}

function emitUpdated(context: WriteContext, { id, experiment }: CheckpointRow): void {
  context.emit({ kind: "checkpoint.updated", id, experiment });
}
