import { conflict, notFound, TrackerError } from "../errors.ts";
import { clip } from "../ids.ts";
import { getProjectRow } from "../projects/queries.ts";
import type { WriteContext } from "../store/context.ts";
import { nextNumber } from "../store/numbers.ts";
import type { Tx } from "../store/tx.ts";
import { removeViews } from "../views/changes.ts";
import type { Experiment, NamePolicy, UpdateExperiment } from "./experiment.ts";
import { freeName } from "./free-name.ts";
import { findExperimentRow, getExperimentRow, readExperiment } from "./read.ts";
import type { ExperimentRow } from "./rows.ts";

/** The one that every server is born with. Ids are not given out again, so it could never come back. */
const FIRST_EXPERIMENT = 0;

/** As `CreateExperiment`, with every default filled in. `location` may hold `{id}`, which becomes the new id. */
export interface NewExperiment {
  readonly project: string;
  readonly name: string;
  readonly description: string;
  readonly location: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly onConflict: NamePolicy;
}

export const experimentChanges = {
  "experiments.create"(context: WriteContext, input: NewExperiment): Experiment {
    const { tx, at } = context;
    const project = getProjectRow(tx, input.project);
    const taken = findExperimentRow(tx, project.id, input.name);
    if (taken !== undefined && input.onConflict !== "duplicate") return reuse(context, taken, input);
    const isFree = (name: string) => findExperimentRow(tx, project.id, name) === undefined;
    const id = nextNumber(tx, "experiments");
    const row: ExperimentRow = {
      id,
      project: project.id,
      name: taken === undefined ? input.name : freeName(input.name, isFree),
      description: input.description,
      location: input.location === null ? null : input.location.replaceAll("{id}", String(id)),
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
    };
    tx.put("experiments", row);
    putTags(tx, id, input.tags);
    context.emit({ kind: "experiment.created", id: String(id), experiment: id });
    return readExperiment(tx, row);
  },

  "experiments.update"(
    context: WriteContext,
    input: UpdateExperiment & { readonly id: number; readonly strict: boolean },
  ): Experiment {
    const { tx, at } = context;
    const row = getExperimentRow(tx, input.id);
    if (row.deletedAt !== null) {
      throw new TrackerError(
        "precondition",
        `Experiment ${row.id} is deleted and cannot be changed; restore it first.`,
        {
          experiment: row.id,
          state: "deleted",
        },
      );
    }
    if (input.name !== undefined && input.name !== row.name) {
      const taken = findExperimentRow(tx, row.project, input.name);
      if (taken !== undefined) throw nameTaken(taken);
    }
    const next = {
      ...row,
      name: input.name ?? row.name,
      description: input.description ?? row.description,
      updatedAt: at,
    };
    tx.put("experiments", next);
    putTags(tx, row.id, input.tags ?? {}, input.strict);
    context.emit({ kind: "experiment.updated", id: String(row.id), experiment: row.id });
    return readExperiment(tx, next);
  },

  /** Soft. A second time changes nothing. */
  "experiments.delete"(context: WriteContext, input: { readonly id: number }): void {
    const row = getExperimentRow(context.tx, input.id);
    if (row.deletedAt === null) setDeleted(context, row, context.at);
  },

  "experiments.restore"(context: WriteContext, input: { readonly id: number }): Experiment {
    const row = getExperimentRow(context.tx, input.id);
    return row.deletedAt === null ? readExperiment(context.tx, row) : setDeleted(context, row, null);
  },

  /** Its row goes now, so that neither it nor its runs are seen; the rest goes in slices (`purgeSlice`). */
  "experiments.purge"(context: WriteContext, input: { readonly id: number }): void {
    const { tx } = context;
    const row = getExperimentRow(tx, input.id);
    if (row.id === FIRST_EXPERIMENT) {
      throw new TrackerError(
        "precondition",
        `Experiment ${row.id} is where runs go for which none is named, so it stays. Delete and purge its runs instead.`,
        { experiment: row.id },
      );
    }
    if (row.deletedAt === null) {
      throw new TrackerError("precondition", `Experiment ${row.id} is in use: delete it before purging it.`, {
        experiment: row.id,
      });
    }
    tx.delete("experiments", row.id);
    tx.clear("experimentTags", { prefix: [row.id] });
    removeViews(tx, row.id);
    tx.put("purges", { kind: "experiment", number: row.id, id: String(row.id) });
    context.emit({ kind: "experiment.deleted", id: String(row.id), experiment: row.id });
  },
};

function reuse(context: WriteContext, taken: ExperimentRow, input: NewExperiment): Experiment {
  if (input.onConflict === "error") throw nameTaken(taken);
  if (input.onConflict === "skip") return readExperiment(context.tx, taken);
  const { tx, at } = context;
  for (const run of tx.list("runs", { index: "byExperiment", prefix: [taken.id] })) {
    if (run.deletedAt === null) tx.put("runs", { ...run, deletedAt: at });
  }
  const row = { ...taken, description: input.description, updatedAt: at, deletedAt: null };
  tx.put("experiments", row);
  tx.clear("experimentTags", { prefix: [row.id] });
  putTags(tx, row.id, input.tags);
  context.emit({ kind: "experiment.updated", id: String(row.id), experiment: row.id });
  return readExperiment(tx, row);
}

function setDeleted(context: WriteContext, row: ExperimentRow, deletedAt: number | null): Experiment {
  const next = { ...row, deletedAt, updatedAt: context.at };
  context.tx.put("experiments", next);
  context.emit({ kind: "experiment.updated", id: String(row.id), experiment: row.id });
  return readExperiment(context.tx, next);
}

function putTags(tx: Tx, experiment: number, tags: Readonly<Record<string, string | null>>, strict = false): void {
  for (const [key, value] of Object.entries(tags)) {
    if (value !== null) tx.put("experimentTags", { experiment, key, value });
    else if (strict && tx.get("experimentTags", experiment, key) === undefined) {
      throw notFound(`Experiment ${experiment} has no tag '${clip(key)}'.`, { experiment, tag: clip(key) });
    } else tx.delete("experimentTags", experiment, key);
  }
}

function nameTaken(row: ExperimentRow): TrackerError {
  const hint =
    row.deletedAt === null ? "Choose another name" : "It is deleted: restore or purge it, or choose another name";
  return conflict(`An experiment is already named '${clip(row.name)}' (id ${row.id}). ${hint}.`, {
    experiment: row.id,
    name: row.name,
  });
}
