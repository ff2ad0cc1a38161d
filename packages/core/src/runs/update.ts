import type { WriteContext } from "../store/context.ts";
import { writableRun } from "./guard.ts";
import type { UpdateRun } from "./inputs.ts";
import { addLabels, removeLabels } from "./labels.ts";
import type { RunRow } from "./rows.ts";
import { hasEnded, moveRun, type RunState } from "./state.ts";
import { putTags } from "./tags.ts";

/** @throws not_found; precondition when the run is deleted. */
export function updateRun(
  context: WriteContext,
  input: UpdateRun & { readonly id: string; readonly strict: boolean },
): void {
  const { tx, at } = context;
  const row = writableRun(tx, input.id);
  const life = { ...row, state: row.state as RunState };
  const moved = input.state === undefined ? life : moveRun(life, input.state, at, input.endedAt);
  const next: RunRow = {
    ...row,
    state: moved.state,
    startedAt: moved.startedAt,
    endedAt: input.state === undefined ? (input.endedAt ?? row.endedAt) : moved.endedAt,
    attempt: moved.attempt,
    heartbeatAt: at,
    name: input.name ?? row.name,
    starred: input.starred === undefined ? row.starred : Number(input.starred),
    error: input.error === undefined ? row.error : input.error,
  };
  tx.put("runs", next);
  if (next.attempt !== row.attempt) context.series.openAttempt(row.row, next.attempt);
  if (hasEnded(moved.state) && !hasEnded(life.state)) context.series.ended(row.row);
  putTags(tx, row, input.tags ?? {}, input.strict);
  addLabels(tx, row, input.addLabels ?? []);
  removeLabels(tx, row, input.removeLabels ?? []);
  context.emit({ kind: "run.updated", id: row.id, experiment: row.experiment });
}
