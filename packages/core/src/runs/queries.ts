import { checkWhole, MAX_ITEMS } from "../limits.ts";
import type { RunSearch } from "../search/query.ts";
import type { ReadContext } from "../store/context.ts";
import type { ColumnsQuery } from "./check-columns.ts";
import type { GroupsQuery } from "./check-groups.ts";
import type { TableColumns } from "./columns.ts";
import type { RunFields } from "./fields.ts";
import type { RunGroups } from "./groups.ts";
import { getRunRow } from "./guard.ts";
import type { RunLineage } from "./lineage.ts";
import { listColumns } from "./list-columns.ts";
import { listGroups } from "./list-groups.ts";
import { readIterations, readModules } from "./parts.ts";
import { readRun, readRunFields, readRunInfo } from "./read.ts";
import { readLineage } from "./read-lineage.ts";
import type { Iteration, Module, Note, Run, RunInfo, RunPage } from "./run.ts";
import { textSize } from "./text-size.ts";

/** In characters: an answer of some 100 MB at most, where a text may hold a megabyte and a page 50 000 runs. */
const MAX_PAGE_TEXT = 32_000_000;

interface RunInput {
  readonly id: string;
}

export const runQueries = {
  "runs.get"({ tx, series }: ReadContext, input: RunInput): Run {
    return readRun({ tx, series }, getRunRow(tx, input.id));
  },

  /** The run's own fields alone: what a check before a write needs. */
  "runs.info"({ tx }: ReadContext, input: RunInput): RunInfo {
    return readRunInfo(tx, getRunRow(tx, input.id));
  },

  /** A page ends early, with a cursor, where its runs hold more text than one answer should. */
  "runs.search"(context: ReadContext, input: RunSearch & { readonly fields?: RunFields | undefined }): RunPage {
    const { tx, series, search } = context;
    const { rows, ...rest } = search.search(input);
    const { fields } = input;
    const items: Run[] = [];
    let size = 0;
    for (const [index, number] of rows.entries()) {
      const row = tx.get("runs", number);
      if (row === undefined) continue;
      const run = fields === undefined ? readRun(context, row) : readRunFields(tx, series, row, fields);
      items.push(run);
      size += textSize(run);
      if (size > MAX_PAGE_TEXT && index + 1 < rows.length) {
        return { ...rest, items, next: search.search({ ...input, limit: index + 1 }).next };
      }
    }
    return { ...rest, items };
  },

  "runs.columns"({ tx, search }: ReadContext, input: ColumnsQuery): TableColumns {
    return listColumns(tx, search.keys(input, input.kinds), input);
  },

  "runs.groups"({ search }: ReadContext, input: GroupsQuery): RunGroups {
    return listGroups(search.groups(input, input.by, input.metrics), input);
  },

  /** The ids of all runs of an experiment, deleted ones too, in order of their making. */
  "runs.ids"(
    { tx }: ReadContext,
    input: { readonly experiment: number; readonly after: number; readonly limit: number },
  ): { readonly ids: readonly string[]; readonly next: number | null } {
    const { experiment, after, limit } = input;
    checkWhole("The limit of a list", limit, 1, MAX_ITEMS);
    const rows = tx.pick("runs", ["row", "id"], { index: "byExperiment", prefix: [experiment], after, limit });
    return { ids: rows.map(({ id }) => id), next: rows.length < limit ? null : (rows.at(-1)?.row ?? null) };
  },

  "runs.lineage"({ tx }: ReadContext, input: RunInput): RunLineage {
    return readLineage(tx, getRunRow(tx, input.id));
  },

  "runs.notes"({ tx }: ReadContext, input: RunInput): Note[] {
    const run = getRunRow(tx, input.id);
    return tx
      .list("notes", { prefix: [run.row] })
      .map(({ number, at, author, text }) => ({ number, at, author, text }));
  },

  "runs.modules"({ tx }: ReadContext, input: RunInput): Module[] {
    return readModules(tx, getRunRow(tx, input.id).row);
  },

  "runs.iterations"({ tx }: ReadContext, input: RunInput): Iteration[] {
    return readIterations(tx, getRunRow(tx, input.id).row);
  },
};
