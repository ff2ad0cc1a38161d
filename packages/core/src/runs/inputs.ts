import type { CheckpointPoint, RunOutputInput } from "../checkpoints/link.ts";
import type { DatasetInput } from "../datasets/dataset.ts";
import type { NamePolicy } from "../experiments/experiment.ts";
import type { Json } from "../json.ts";
import type { SeriesBatch, WriterMark } from "../series/batch.ts";
import type { RunState } from "./state.ts";

export interface ParameterInput {
  readonly group?: string | undefined;
  readonly key: string;
  readonly value: Json;
}

export interface CreateRun {
  /** Id of the experiment; 0, `Default`, when left out. */
  readonly experiment?: number | undefined;
  /** A friendly random one when left out. Names need not be unique. */
  readonly name?: string | undefined;
  /** Ask for a name that is unique among the experiment's runs, and say what to do when it is taken. */
  readonly onConflict?: NamePolicy | undefined;
  /** `running` by default. */
  readonly state?: RunState | undefined;
  readonly startedAt?: number | undefined;
  /** Who trains; the caller when left out. */
  readonly author?: string | undefined;
  readonly parameters?: readonly ParameterInput[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly labels?: readonly string[] | undefined;
}

/** Only what is given changes. */
export interface UpdateRun {
  readonly name?: string | undefined;
  readonly state?: RunState | undefined;
  readonly endedAt?: number | undefined;
  readonly starred?: boolean | undefined;
  readonly error?: string | null | undefined;
  /** null removes the tag; with `strict`, removing one that is not there is `not_found`. */
  readonly tags?: Readonly<Record<string, string | null>> | undefined;
  readonly strict?: boolean | undefined;
  readonly addLabels?: readonly string[] | undefined;
  readonly removeLabels?: readonly string[] | undefined;
}

/** One atomic call: all of it is there afterwards, or nothing. */
export interface LogInput {
  readonly parameters?: readonly ParameterInput[] | undefined;
  /** A parameter that is there with another value is a `conflict`, unless this is true. */
  readonly replace?: boolean | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly points?: SeriesBatch | undefined;
  readonly modules?: readonly ModuleInput[] | undefined;
  readonly iterations?: readonly IterationInput[] | undefined;
  readonly inputs?: readonly DatasetInput[] | undefined;
  /** Checkpoints that the run left. */
  readonly outputs?: readonly RunOutputInput[] | undefined;
  /** Ids of checkpoints that the run used. */
  readonly used?: readonly string[] | undefined;
  /** What the run measured of checkpoints. Kept with them; to stand in the run's series too, a point is in `points` as well. */
  readonly measured?: readonly CheckpointPoint[] | undefined;
  /** A retry carries the same mark and is applied once. Covers the whole call. */
  readonly writer?: WriterMark | undefined;
}

export interface ModuleInput {
  readonly type: string;
  readonly name: string;
  readonly hash: string;
  readonly parameters?: Readonly<Record<string, Json>> | undefined;
}

export interface IterationInput {
  readonly hash: string;
  readonly phase?: string | null | undefined;
  readonly epoch?: number | null | undefined;
  readonly dataset?:
    | { readonly name: string; readonly hash: string; readonly arguments?: Readonly<Record<string, Json>> | undefined }
    | null
    | undefined;
  readonly arguments?: Readonly<Record<string, Json>> | undefined;
  readonly modules?: readonly ModuleInput[] | undefined;
}
