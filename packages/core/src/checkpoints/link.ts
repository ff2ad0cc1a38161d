import type { DatasetName } from "../datasets/dataset.ts";
import type { CheckpointId } from "../ids.ts";

/** A checkpoint that a run left, and the step at which it did. */
export interface RunOutput {
  readonly checkpoint: CheckpointId;
  readonly step: number;
}

export interface RunOutputInput {
  readonly checkpoint: string;
  /** 0 when left out. */
  readonly step?: number | undefined;
}

/** One value that was measured of a checkpoint, on its way in. It stands with the checkpoint, not in the run's series. */
export interface CheckpointPoint {
  readonly checkpoint: string;
  readonly key: string;
  readonly step: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  readonly value: number;
  /** What it was measured on. */
  readonly dataset?: DatasetName | null | undefined;
}
