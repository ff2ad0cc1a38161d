import type { CheckpointInfo } from "../checkpoints/checkpoint.ts";
import type { Version } from "../models/version.ts";

/** A version as lineage names it. */
export type LineageVersion = Pick<
  Version,
  "model" | "name" | "number" | "label" | "state" | "stage" | "checkpoint" | "createdAt" | "aliases"
>;

/** What a run left and used, and what was made from it. */
export interface RunLineage {
  /** Checkpoints that it left; `step` is null where only the checkpoint says so. The oldest first. */
  readonly outputs: readonly { readonly checkpoint: CheckpointInfo; readonly step: number | null }[];
  readonly used: readonly CheckpointInfo[];
  /** Versions that were made from it or from one of its checkpoints, the newest first: 1000 at most. */
  readonly versions: readonly LineageVersion[];
}
