import type { CheckpointId, RunId } from "../ids.ts";
import type { Parameter } from "../runs/run.ts";
import { decodeValue } from "../runs/values.ts";
import type { ReadTx } from "../store/tx.ts";
import type { Checkpoint, CheckpointInfo, CheckpointState } from "./checkpoint.ts";
import { checkpointDeletedAt } from "./guard.ts";
import { readMetrics } from "./points.ts";
import type { CheckpointParameterRow, CheckpointRow } from "./rows.ts";

/** Row → the checkpoint's own fields. */
export function readCheckpointInfo(tx: ReadTx, row: CheckpointRow): CheckpointInfo {
  const { id, experiment, name, type, state, message, run, author, createdAt, updatedAt } = row;
  return {
    id: id as CheckpointId,
    experiment,
    name,
    type,
    state: state as CheckpointState,
    message,
    run: run === "" ? null : (run as RunId),
    author,
    createdAt,
    updatedAt,
    deletedAt: checkpointDeletedAt(tx, row),
  };
}

/** Row → checkpoint, with all that lists and pages show of it. */
export function readCheckpoint(tx: ReadTx, row: CheckpointRow): Checkpoint {
  return {
    ...readCheckpointInfo(tx, row),
    parameters: tx.list("checkpointParameters", { prefix: [row.row] }).map(readParameter),
    tags: Object.fromEntries(tx.list("checkpointTags", { prefix: [row.row] }).map(({ key, value }) => [key, value])),
    metrics: readMetrics(tx, row.row),
  };
}

function readParameter({ key, group, value }: CheckpointParameterRow): Parameter {
  return { group, key: group === "" ? key : key.slice(group.length + 1), value: decodeValue(value) };
}
