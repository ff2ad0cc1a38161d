import { conflict, TrackerError } from "../errors.ts";
import type { NamePolicy } from "../experiments/experiment.ts";
import { freeName } from "../experiments/free-name.ts";
import { getExperimentRow } from "../experiments/read.ts";
import { clip } from "../ids.ts";
import type { WriteContext } from "../store/context.ts";
import { nextNumber } from "../store/numbers.ts";
import type { ParameterInput } from "./inputs.ts";
import { addLabels } from "./labels.ts";
import { putParameters } from "./parameters.ts";
import type { RunRow } from "./rows.ts";
import type { RunState } from "./state.ts";
import { putTags } from "./tags.ts";

/** As `CreateRun`, with every default filled in and an id chosen. */
export interface NewRun {
  readonly id: string;
  readonly experiment: number;
  readonly name: string;
  readonly onConflict: NamePolicy | null;
  readonly state: RunState;
  readonly author: string;
  readonly startedAt: number | null;
  readonly parameters: readonly ParameterInput[];
  readonly tags: Readonly<Record<string, string>>;
  readonly labels: readonly string[];
}

/**
 * Makes a run. Under the policy `skip` a run of that name comes back as it is; under `overwrite` the runs of that name
 * are soft-deleted in the same step, so that they can be restored if the new training disappoints.
 */
export function createRun(context: WriteContext, input: NewRun): { readonly id: string } {
  const { tx, at } = context;
  const experiment = getExperimentRow(tx, input.experiment);
  if (experiment.deletedAt !== null) {
    throw new TrackerError(
      "precondition",
      `Experiment ${experiment.id} is deleted and takes no runs; restore it first.`,
      {
        experiment: experiment.id,
        state: "deleted",
      },
    );
  }
  const sameName = (name: string) =>
    tx.list("runs", { index: "byName", prefix: [experiment.id, name] }).filter((run) => run.deletedAt === null);
  let name = input.name;
  const taken = input.onConflict === null ? [] : sameName(name);
  const newest = taken.at(-1);
  if (newest !== undefined) {
    if (input.onConflict === "skip") return { id: newest.id };
    if (input.onConflict === "error") {
      throw conflict(
        `Experiment ${experiment.id} has a run named '${clip(name)}' (${newest.id}). Choose another name, or say onConflict: overwrite, duplicate or skip.`,
        { run: newest.id, name },
      );
    }
    if (input.onConflict === "duplicate") name = freeName(name, (candidate) => sameName(candidate).length === 0);
    else for (const run of taken) tx.put("runs", { ...run, deletedAt: at });
  }
  const running = input.state === "running";
  const row: RunRow = {
    row: nextNumber(tx, "runs"),
    id: input.id,
    experiment: experiment.id,
    name,
    state: input.state,
    author: input.author,
    createdAt: at,
    startedAt: input.startedAt ?? (input.state === "scheduled" ? null : at),
    endedAt: running || input.state === "scheduled" ? null : at,
    heartbeatAt: at,
    deletedAt: null,
    starred: 0,
    attempt: input.state === "scheduled" ? 0 : 1,
    error: null,
  };
  tx.put("runs", row);
  if (row.attempt > 0) context.series.openAttempt(row.row, row.attempt);
  putParameters(tx, row, input.parameters, false);
  putTags(tx, row, input.tags);
  addLabels(tx, row, input.labels);
  context.emit({ kind: "run.created", id: row.id, experiment: row.experiment });
  return { id: row.id };
}
