import { putOutputs, putUsed } from "../checkpoints/links.ts";
import { putCheckpointPoints } from "../checkpoints/points.ts";
import { putInputs } from "../datasets/put.ts";
import type { SeriesBatch } from "../series/batch.ts";
import type { LogResult } from "../services.ts";
import type { WriteContext } from "../store/context.ts";
import { touchRun, writableRun } from "./guard.ts";
import type { LogInput } from "./inputs.ts";
import { putParameters } from "./parameters.ts";
import { putIterations, putModules } from "./parts.ts";
import { putTags } from "./tags.ts";

const noPoints: SeriesBatch = {
  keys: [],
  counts: new Uint32Array(0),
  steps: new Float64Array(0),
  times: new Float64Array(0),
  values: new Float64Array(0),
  batches: null,
};

/**
 * All of a call, or nothing. The points go first, because they tell whether the writer's mark was applied before; if
 * a later part refuses, the adapter drops what they staged.
 * @throws not_found (a checkpoint too); precondition when the run is deleted; conflict for a changed parameter.
 */
export function logRun(context: WriteContext, input: LogInput & { readonly id: string }): LogResult {
  const { tx } = context;
  const row = writableRun(tx, input.id);
  const { points, writer } = input;
  let added = 0;
  if (points !== undefined || writer !== undefined) {
    const result = context.series.append(row.row, points ?? noPoints, writer ?? null);
    if (result.repeated) return { added: 0, repeated: true };
    added = result.added;
  }
  let changed = false;
  if (input.parameters?.length) {
    putParameters(tx, row, input.parameters, input.replace ?? false);
    changed = true;
  }
  if (input.tags !== undefined) {
    putTags(tx, row, input.tags);
    changed = true;
  }
  if (input.modules?.length) putModules(tx, row, input.modules);
  if (input.iterations?.length) putIterations(tx, row, input.iterations);
  if (input.inputs?.length) {
    putInputs(tx, row, input.inputs);
    changed = true;
  }
  if (input.outputs?.length) putOutputs(tx, row.row, input.outputs);
  if (input.used?.length) putUsed(tx, row.row, input.used);
  if (input.measured?.length) putCheckpointPoints(tx, row.row, input.measured);
  if (input.outputs?.length || input.used?.length || input.measured?.length) changed = true;
  touchRun(context, row);
  if (points !== undefined) context.emit({ kind: "series.appended", id: row.id, experiment: row.experiment });
  if (changed) context.emit({ kind: "run.updated", id: row.id, experiment: row.experiment });
  return { added, repeated: false };
}
