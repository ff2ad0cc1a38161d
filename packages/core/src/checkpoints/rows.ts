import { table } from "../store/table.ts";

export interface CheckpointRow {
  /** The number by which the checkpoint's other rows name it. Grows with creation, never reused. */
  row: number;
  /** `m-` and 32 hex digits: the name outside. */
  id: string;
  experiment: number;
  name: string;
  type: string;
  state: string;
  /** Why it failed, if a client said so. */
  message: string | null;
  /** Id of the run that left it, "" = none. It outlives the run: a purge does not hide where the checkpoint came from. */
  run: string;
  author: string;
  createdAt: number;
  updatedAt: number;
  /** Set = soft-deleted by itself; a deleted experiment deletes its checkpoints without touching this. */
  deletedAt: number | null;
}

export const checkpoints = table<CheckpointRow>()({
  columns: {
    row: "int",
    id: "text",
    experiment: "int",
    name: "text",
    type: "text",
    state: "text",
    message: "text?",
    run: "text",
    author: "text",
    createdAt: "int",
    updatedAt: "int",
    deletedAt: "int?",
  },
  key: ["row"],
  indexes: { byId: ["id"], byExperiment: ["experiment"], byRun: ["run"] },
  unique: ["byId"],
});

/** `key` is the flat key (`key` or `group/key`), `group` its leading part or "". `value` is JSON text (see `encodeValue`). */
export interface CheckpointParameterRow {
  checkpoint: number;
  key: string;
  group: string;
  value: string;
}

export const checkpointParameters = table<CheckpointParameterRow>()({
  columns: { checkpoint: "int", key: "text", group: "text", value: "text" },
  key: ["checkpoint", "key"],
});

export interface CheckpointTagRow {
  checkpoint: number;
  key: string;
  value: string;
}

export const checkpointTags = table<CheckpointTagRow>()({
  columns: { checkpoint: "int", key: "text", value: "text" },
  key: ["checkpoint", "key"],
});

/**
 * A point that a run logged of a checkpoint: an evaluation of it. All of it is its identity, so that a point sent twice is one.
 * `dataset` and `digest`: "" = none. `value` as text, which holds NaN and both infinities and gives a number back exactly.
 */
export interface CheckpointPointRow {
  run: number;
  checkpoint: number;
  /** Of the key's text in `names`. */
  name: number;
  time: number;
  step: number;
  dataset: string;
  digest: string;
  value: string;
}

export const checkpointPoints = table<CheckpointPointRow>()({
  columns: {
    run: "int",
    checkpoint: "int",
    name: "int",
    time: "int",
    step: "int",
    dataset: "text",
    digest: "text",
    value: "text",
  },
  key: ["run", "checkpoint", "name", "time", "step", "dataset", "digest", "value"],
  indexes: { byCheckpoint: ["checkpoint", "name", "time", "step"] },
});

/** A checkpoint that a run left (`role` is `output`) or used (`input`; then `step` is 0). */
export interface RunCheckpointRow {
  run: number;
  role: string;
  checkpoint: number;
  step: number;
}

export const runCheckpoints = table<RunCheckpointRow>()({
  columns: { run: "int", role: "text", checkpoint: "int", step: "int" },
  key: ["run", "role", "checkpoint", "step"],
  indexes: { byCheckpoint: ["checkpoint"] },
});
