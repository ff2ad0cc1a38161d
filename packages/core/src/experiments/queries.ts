import type { Page } from "../page.ts";
import { getProjectRow } from "../projects/queries.ts";
import { searchScope } from "../search/cursor.ts";
import { pageRecords } from "../search/page-records.ts";
import type { RunSearch } from "../search/query.ts";
import { buildRecord } from "../search/record.ts";
import type { ReadContext } from "../store/context.ts";
import type { ReadTx } from "../store/tx.ts";
import type { Experiment } from "./experiment.ts";
import { findExperimentRow, getExperimentRow, readExperiment } from "./read.ts";

export const experimentQueries = {
  "experiments.get"({ tx }: ReadContext, input: { readonly id: number }): Experiment {
    return readExperiment(tx, getExperimentRow(tx, input.id));
  },

  "experiments.find"(
    { tx }: ReadContext,
    input: { readonly name: string; readonly project: string },
  ): Experiment | undefined {
    const row = findExperimentRow(tx, getProjectRow(tx, input.project).id, input.name);
    return row && readExperiment(tx, row);
  },

  /** Experiments are few beside runs: the judge itself goes over them. */
  "experiments.search"(
    { tx }: ReadContext,
    input: Omit<RunSearch, "experiments"> & { readonly project: string },
  ): Page<Experiment> {
    const { lifecycle, filter, order, limit, cursor } = input;
    const scope = searchScope("experiment", JSON.stringify([input.project, lifecycle]), filter, order);
    const { records, next } = pageRecords(experimentRecords(tx, input), { filter, order, limit, cursor, scope });
    return { items: records.map((record) => readExperiment(tx, getExperimentRow(tx, record.row))), next };
  },
};

function* experimentRecords(tx: ReadTx, input: { readonly lifecycle: string; readonly project: string }) {
  const project = getProjectRow(tx, input.project).id;
  for (const row of tx.list("experiments", { index: "byName", prefix: [project] })) {
    const isDeleted = row.deletedAt !== null;
    if (input.lifecycle !== "all" && isDeleted !== (input.lifecycle === "deleted")) continue;
    yield buildRecord({
      row: row.id,
      attributes: {
        id: row.id,
        name: row.name,
        description: row.description,
        created: row.createdAt,
        updated: row.updatedAt,
      },
      tags: readExperiment(tx, row).tags,
    });
  }
}
