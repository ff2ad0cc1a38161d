import { notFound } from "../errors.ts";
import type { ReadTx } from "../store/tx.ts";
import type { Experiment } from "./experiment.ts";
import type { ExperimentRow } from "./rows.ts";

/** @throws not_found for an unknown id, and once it is purged. */
export function getExperimentRow(tx: ReadTx, id: number): ExperimentRow {
  const row = tx.get("experiments", id);
  if (row === undefined)
    throw notFound(`No experiment has the id ${id}. List them to see which there are.`, { experiment: id });
  return row;
}

export function findExperimentRow(tx: ReadTx, project: number, name: string): ExperimentRow | undefined {
  return tx.list("experiments", { index: "byName", prefix: [project, name], limit: 1 })[0];
}

/** Row → experiment, with its tags. */
export function readExperiment(tx: ReadTx, row: ExperimentRow): Experiment {
  const tags: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const tag of tx.list("experimentTags", { prefix: [row.id] })) tags[tag.key] = tag.value;
  return {
    id: row.id,
    project: tx.get("projects", row.project)?.name ?? "",
    name: row.name,
    description: row.description,
    location: row.location,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    deletedAt: row.deletedAt,
    tags: { ...tags },
  };
}
