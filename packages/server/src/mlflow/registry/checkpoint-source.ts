import { isCheckpointId, isTrackerError, type Version, type VersionOrigin } from "@cairn/core";
import type { Call } from "../route.ts";

/** What a version takes over from the checkpoint that it is made from. */
export interface CheckpointSource {
  /** The run that left it. */
  readonly run: string | null;
  /** Its files; undefined where we have none of them. */
  readonly from: VersionOrigin | undefined;
  /** Where its files are said to lie. */
  readonly location: string;
}

/** Where a logged model tells which versions were made from it. */
const MODEL_VERSIONS = "mlflow.modelVersions";

/** The one place that knows where a checkpoint (MLflow's logged model, `m-…`) keeps its files. */
export async function findCheckpoint({ services, locations }: Call, id: string): Promise<CheckpointSource | undefined> {
  if (!isCheckpointId(id)) return undefined;
  try {
    const checkpoint = await services.checkpoints.get(id);
    const { items } = await services.checkpointFiles.list(id, "", { limit: 1 });
    return {
      run: checkpoint.run,
      from: items.length === 0 ? undefined : { checkpoint: id },
      location: await locations.ofCheckpoint(services, checkpoint),
    };
  } catch (error) {
    if (isTrackerError(error) && error.code === "not_found") return undefined;
    throw error;
  }
}

/** Tells the checkpoint which version was made from it, as MLflow's server does. */
export async function noteVersion({ services }: Call, id: string, version: Version): Promise<void> {
  if (!isCheckpointId(id)) return;
  try {
    const { tags } = await services.checkpoints.get(id);
    const { name } = await services.models.get(version.model);
    const noted = [...parseVersions(tags[MODEL_VERSIONS]), { name, version: String(version.number) }];
    await services.checkpoints.update(id, { tags: { [MODEL_VERSIONS]: JSON.stringify(noted) } });
  } catch (error) {
    // The version is made: that the checkpoint is gone, or takes no writes, does not undo it.
    if (!isTrackerError(error) || (error.code !== "not_found" && error.code !== "precondition")) throw error;
  }
}

/** The tag may have been set to anything by hand. */
function parseVersions(tag: string | undefined): readonly unknown[] {
  try {
    const versions: unknown = JSON.parse(tag ?? "[]");
    return Array.isArray(versions) ? versions : [];
  } catch {
    return [];
  }
}
