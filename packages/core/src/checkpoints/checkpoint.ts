import type { DatasetName } from "../datasets/dataset.ts";
import type { CheckpointId, RunId } from "../ids.ts";
import type { ParameterInput } from "../runs/inputs.ts";
import type { Parameter } from "../runs/run.ts";

/** `pending` until its files are there, then `ready`; `failed` when they did not come. Each may follow each. */
export const checkpointStates = ["pending", "ready", "failed"] as const;
export type CheckpointState = (typeof checkpointStates)[number];

/** One value that a run measured of a checkpoint. */
export interface CheckpointMetric {
  readonly key: string;
  readonly step: number;
  readonly time: number;
  readonly value: number;
  readonly dataset: DatasetName | null;
  /** Who measured. */
  readonly run: RunId;
}

/** The checkpoint's own fields, without what hangs on it. */
export interface CheckpointInfo {
  readonly id: CheckpointId;
  readonly experiment: number;
  /** Need not be unique. */
  readonly name: string;
  /** Free text: what kind of model; "" when nobody said. */
  readonly type: string;
  readonly state: CheckpointState;
  readonly message: string | null;
  /** The run that left it, though it may be purged by now. */
  readonly run: RunId | null;
  readonly author: string;
  readonly createdAt: number;
  /** The last change of name, type, state or deletion. */
  readonly updatedAt: number;
  /** Its own deletion, or its experiment's. */
  readonly deletedAt: number | null;
}

/** A model that a run left. Its files are asked for apart. */
export interface Checkpoint extends CheckpointInfo {
  readonly parameters: readonly Parameter[];
  readonly tags: Readonly<Record<string, string>>;
  /** By key, then time. Of very many the newest of each key: 1000 in all. */
  readonly metrics: readonly CheckpointMetric[];
}

export interface CreateCheckpoint {
  /** Id of the experiment; that of the run when left out, else 0, `Default`. */
  readonly experiment?: number | undefined;
  /** A friendly random one when left out. */
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  /** `pending` by default. */
  readonly state?: CheckpointState | undefined;
  /** The run that leaves it. */
  readonly run?: string | null | undefined;
  readonly author?: string | undefined;
  readonly parameters?: readonly ParameterInput[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Only what is given changes. Parameters are added: one that is there with another value is a `conflict`. */
export interface UpdateCheckpoint {
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly state?: CheckpointState | undefined;
  readonly message?: string | null | undefined;
  readonly parameters?: readonly ParameterInput[] | undefined;
  /** null removes the tag; with `strict`, removing one that is not there is `not_found`. */
  readonly tags?: Readonly<Record<string, string | null>> | undefined;
  readonly strict?: boolean | undefined;
}
