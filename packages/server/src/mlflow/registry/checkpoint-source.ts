import type { Version, VersionOrigin } from "@cairn/core";
import type { Call } from "../route.ts";

/** What a version takes over from the checkpoint that it is made from. */
export interface CheckpointSource {
  /** The run that left it. */
  readonly run: string | null;
  /** Its files; undefined where it has none. */
  readonly from: VersionOrigin | undefined;
}

/**
 * The one place that knows where a checkpoint (MLflow's logged model, `m-…`) keeps its files. None is known here yet: a
 * version keeps its id and its URI as text.
 */
export async function findCheckpoint(_call: Call, _id: string): Promise<CheckpointSource | undefined> {
  return undefined;
}

/** Tells the checkpoint which version was made from it, as MLflow's server does by the tag `mlflow.modelVersions`. */
export async function noteVersion(_call: Call, _id: string, _version: Version): Promise<void> {}
