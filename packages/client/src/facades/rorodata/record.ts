import { type Model, notFound, TrackerError } from "@cairn/core";
import type { Place } from "./place.ts";

/** The model behind a repository. @throws not_found when there is none; precondition when it is deleted. */
export async function getRecord({ services, project, name }: Place): Promise<Model> {
  const record = await services.models.find(name, project);
  if (record === undefined) {
    throw notFound(
      `Project '${project}' has no model repository '${name}'. Make it with createModelRepository, or: cairn models:create ${name}`,
      { project, model: name },
    );
  }
  if (record.deletedAt === null) return record;
  throw new TrackerError("precondition", `The model repository '${name}' is deleted; restore it first.`, {
    project,
    model: name,
    state: "deleted",
  });
}
