import { removeTree } from "../artifacts/remove-tree.ts";
import { purgeCheckpointRows } from "../checkpoints/purge.ts";
import { purgeModelRows, purgeVersionRows } from "../models/purge.ts";
import type { WriteContext } from "../store/context.ts";

/** Rows taken away in one slice: a few milliseconds of the writer's time. */
const SLICE_ROWS = 2000;
/** Tables whose key begins with the run's row. */
const runTables = [
  "parameters",
  "tags",
  "runLabels",
  "notes",
  "modules",
  "iterations",
  "inputs",
  "runCheckpoints",
  "checkpointPoints",
] as const;

/**
 * Takes away one slice of what was purged; the adapter calls it between commits while it returns true.
 * @returns false when nothing is left to do.
 */
export function purgeSlice(context: WriteContext): boolean {
  const { tx } = context;
  const purge = tx.list("purges", { prefix: [], reverse: true, limit: 1 })[0];
  if (purge === undefined) return false;
  const { kind, number, id } = purge;
  if (kind === "experiment") purgeExperiment(context, number);
  else if (isPurged(context, kind, number, id)) tx.delete("purges", kind, number);
  return true;
}

function purgeExperiment({ tx }: WriteContext, experiment: number): void {
  const runs = tx.list("runs", { index: "byExperiment", prefix: [experiment], limit: SLICE_ROWS / 10 });
  for (const run of runs) {
    tx.delete("runs", run.row);
    tx.put("purges", { kind: "run", number: run.row, id: run.id });
  }
  if (runs.length > 0) return;
  const checkpoints = tx.list("checkpoints", { index: "byExperiment", prefix: [experiment], limit: SLICE_ROWS / 10 });
  for (const checkpoint of checkpoints) {
    tx.delete("checkpoints", checkpoint.row);
    tx.put("purges", { kind: "checkpoint", number: checkpoint.row, id: checkpoint.id });
  }
  if (checkpoints.length > 0) return;
  for (const dataset of tx.list("datasets", { index: "byName", prefix: [experiment] }))
    tx.delete("datasets", dataset.id);
  tx.delete("purges", "experiment", experiment);
}

/** True when nothing of it is left. */
function isPurged(context: WriteContext, kind: string, number: number, id: string): boolean {
  if (kind === "version") return purgeVersionRows(context.tx, number, id, SLICE_ROWS);
  if (kind === "model") return purgeModelRows(context, number, SLICE_ROWS / 10);
  if (kind === "checkpoint") return purgeCheckpointRows(context.tx, number, id, SLICE_ROWS);
  return purgeRunRows(context, number, id);
}

function purgeRunRows({ tx, series }: WriteContext, run: number, id: string): boolean {
  for (const table of runTables) if (tx.clear(table, { prefix: [run], limit: SLICE_ROWS }) > 0) return false;
  if (removeTree(tx, `run/${id}`, SLICE_ROWS) > 0) return false;
  return series.remove(run, SLICE_ROWS);
}
