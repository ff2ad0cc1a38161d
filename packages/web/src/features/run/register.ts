import type { Client } from "@cairn/client";
import type { CreateVersion, Model, Run, Version } from "@cairn/core";

/** Where a version's files come from: all of the run's, one of its folders, a checkpoint, or none. */
export type Origin = "" | "none" | `folder:${string}` | `checkpoint:${string}`;

export interface Registration {
  readonly model: string;
  readonly origin: Origin;
  readonly label: string;
  readonly alias: string;
  readonly comment: string;
  readonly withMetrics: boolean;
  readonly isSealed: boolean;
}

/** What the server is asked for: the files are named by their content in the same step that makes the version. */
export function versionInput(run: Pick<Run, "id" | "metrics">, registration: Registration): CreateVersion {
  const { origin, label, comment, withMetrics, isSealed } = registration;
  const [kind, rest] = [origin.slice(0, origin.indexOf(":") + 1), origin.slice(origin.indexOf(":") + 1)];
  const latest = run.metrics.flatMap(({ key, latest: point }) =>
    point === null || !Number.isFinite(point.value) ? [] : [[key, point.value] as const],
  );
  return {
    run: run.id,
    state: isSealed ? "sealed" : "draft",
    ...(label.trim() !== "" && { label: label.trim() }),
    ...(comment.trim() !== "" && { comment: comment.trim() }),
    ...(withMetrics && latest.length > 0 && { metadata: Object.fromEntries(latest) }),
    ...(origin === "" && { from: { run: run.id } }),
    ...(kind === "folder:" && { from: { run: run.id, folder: rest } }),
    ...(kind === "checkpoint:" && { from: { checkpoint: rest } }),
  };
}

/**
 * Makes the model if there is none of this name, then its version.
 *
 * @param known the model of that name, where the caller has seen it.
 */
export async function registerRun(
  server: Pick<Client, "models" | "versions">,
  run: Pick<Run, "id" | "metrics">,
  project: string,
  registration: Registration,
  known?: Model,
): Promise<{ readonly model: Model; readonly version: Version }> {
  const name = registration.model.trim();
  const model = known ?? (await server.models.create({ name, project, onConflict: "skip" }));
  return { model, version: await server.versions.create(model.id, versionInput(run, registration)) };
}
