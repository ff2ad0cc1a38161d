import { notFound } from "../errors.ts";
import { clip } from "../ids.ts";
import type { ReadContext } from "../store/context.ts";
import type { ReadTx } from "../store/tx.ts";
import type { Project } from "./project.ts";
import type { ProjectRow } from "./rows.ts";

/** @throws not_found */
export function getProjectRow(tx: ReadTx, name: string): ProjectRow {
  const row = tx.list("projects", { index: "byName", prefix: [name], limit: 1 })[0];
  if (row === undefined) throw notFound(`No project is named '${clip(name)}'.`, { project: clip(name) });
  return row;
}

export const projectQueries = {
  "projects.list"({ tx }: ReadContext, _input: Record<string, never>): Project[] {
    return tx.list("projects", { index: "byName", prefix: [] }).map((row) => ({ ...row, public: row.public === 1 }));
  },
};
