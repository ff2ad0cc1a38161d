import { checkWhole, MAX_ITEMS } from "../limits.ts";
import type { Page } from "../page.ts";
import { searchScope } from "../search/cursor.ts";
import { pageRecords } from "../search/page-records.ts";
import type { Expression, RunSearch } from "../search/query.ts";
import type { ReadContext } from "../store/context.ts";
import type { ReadTx } from "../store/tx.ts";
import type { Checkpoint, CheckpointInfo } from "./checkpoint.ts";
import { getCheckpointRow } from "./guard.ts";
import { readCheckpoint, readCheckpointInfo } from "./read.ts";
import { readCheckpointRecord } from "./record.ts";
import type { CheckpointRow } from "./rows.ts";

interface CheckpointInput {
  readonly id: string;
}

export const checkpointQueries = {
  "checkpoints.get"({ tx }: ReadContext, input: CheckpointInput): Checkpoint {
    return readCheckpoint(tx, getCheckpointRow(tx, input.id));
  },

  /** The checkpoint's own fields alone: what a check before a write needs. */
  "checkpoints.info"({ tx }: ReadContext, input: CheckpointInput): CheckpointInfo {
    return readCheckpointInfo(tx, getCheckpointRow(tx, input.id));
  },

  /** Checkpoints are few beside points: the judge itself goes over those of the experiments, or of the run, asked for. */
  "checkpoints.search"({ tx }: ReadContext, input: RunSearch): Page<Checkpoint> {
    const { experiments, lifecycle, filter, order, limit, cursor } = input;
    const chosen = experiments === null ? "all" : [...new Set(experiments)].sort((a, b) => a - b).join();
    const scope = searchScope("checkpoints", `${lifecycle} ${chosen}`, filter, order);
    const rows = new Map(chooseRows(tx, input).map((row) => [row.row, row]));
    const records = [...rows.values()].map((row) => readCheckpointRecord(tx, row));
    const page = pageRecords(records, { filter, order, limit, cursor, scope });
    return {
      items: page.records.map(({ row }) => readCheckpoint(tx, rows.get(row) as CheckpointRow)),
      next: page.next,
    };
  },

  /** The ids of all checkpoints of an experiment, deleted ones too, in order of their making. */
  "checkpoints.ids"(
    { tx }: ReadContext,
    input: { readonly experiment: number; readonly after: number; readonly limit: number },
  ): { readonly ids: readonly string[]; readonly next: number | null } {
    const { experiment, after, limit } = input;
    checkWhole("The limit of a list", limit, 1, MAX_ITEMS);
    const range = { index: "byExperiment", prefix: [experiment], after, limit } as const;
    const rows = tx.pick("checkpoints", ["row", "id"], range);
    return { ids: rows.map(({ id }) => id), next: rows.length < limit ? null : (rows.at(-1)?.row ?? null) };
  },
};

/** One whose experiment's row is gone is being purged with it, and is seen no more. */
function chooseRows(tx: ReadTx, { experiments, lifecycle, filter }: RunSearch): CheckpointRow[] {
  const within = experiments === null ? null : new Set(experiments);
  const run = runOf(filter);
  const listed =
    run !== undefined
      ? tx.list("checkpoints", { index: "byRun", prefix: [run] }).filter((row) => within?.has(row.experiment) ?? true)
      : within === null
        ? tx.list("checkpoints", { prefix: [] })
        : [...within].flatMap((id) => tx.list("checkpoints", { index: "byExperiment", prefix: [id] }));
  const deletedBy = new Map(
    tx.pick("experiments", ["id", "deletedAt"], { prefix: [] }).map(({ id, deletedAt }) => [id, deletedAt !== null]),
  );
  return listed.filter((row) => {
    const withExperiment = deletedBy.get(row.experiment);
    if (withExperiment === undefined) return false;
    return lifecycle === "all" || (withExperiment || row.deletedAt !== null) === (lifecycle === "deleted");
  });
}

/** The run that a filter holds the checkpoints to: what clients ask about a run needs no look at the others. */
function runOf(filter: Expression | null): string | undefined {
  if (filter?.op === "and") return filter.terms.map(runOf).find((run) => run !== undefined);
  if (filter?.op !== "compare" || filter.comparison !== "=" || typeof filter.value !== "string") return undefined;
  const isRun = filter.field.kind === "attribute" && filter.field.name === "run" && filter.value !== "";
  return isRun ? filter.value : undefined;
}
