import { conflict, notFound, TrackerError } from "../errors.ts";
import type { NamePolicy } from "../experiments/experiment.ts";
import { freeName } from "../experiments/free-name.ts";
import { clip } from "../ids.ts";
import { getProjectRow } from "../projects/queries.ts";
import type { WriteContext } from "../store/context.ts";
import { nextNumber } from "../store/numbers.ts";
import { emitModel, findModelRow, getModelRow, getVersionRow, touchModel, writableModel } from "./guard.ts";
import type { Model, UpdateModel } from "./model.ts";
import { noteHistory } from "./note-history.ts";
import { removeVersion } from "./purge.ts";
import { putModelTags } from "./put-tags.ts";
import { readModel } from "./read.ts";
import type { ModelRow } from "./rows.ts";
import { versionChanges } from "./version-changes.ts";

/** As `CreateModel`, with every default filled in. */
export interface NewModel {
  readonly project: string;
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly onConflict: NamePolicy;
}

interface Named {
  readonly id: number;
}

export const modelChanges = {
  ...versionChanges,

  "models.create"(context: WriteContext, input: NewModel): Model {
    const { tx, at } = context;
    const project = getProjectRow(tx, input.project);
    const taken = findModelRow(tx, project.id, input.name);
    if (taken !== undefined && input.onConflict !== "duplicate") return reuse(context, taken, input);
    const isFree = (name: string) => findModelRow(tx, project.id, name) === undefined;
    const row: ModelRow = {
      id: nextNumber(tx, "models"),
      project: project.id,
      name: taken === undefined ? input.name : freeName(input.name, isFree),
      description: input.description,
      author: input.author,
      lastNumber: 0,
      versions: 0,
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
    };
    tx.put("models", row);
    putModelTags(tx, row.id, input.tags);
    emitModel(context, "created", row.id);
    return readModel(tx, row);
  },

  /** A new name is the whole model's: its versions are called by it from now on. */
  "models.update"(
    context: WriteContext,
    input: UpdateModel & { readonly id: number; readonly strict: boolean },
  ): Model {
    const { tx, at } = context;
    const row = writableModel(tx, input.id);
    if (input.name !== undefined && input.name !== row.name) {
      const taken = findModelRow(tx, row.project, input.name);
      if (taken !== undefined) throw nameTaken(taken);
    }
    const next: ModelRow = {
      ...row,
      name: input.name ?? row.name,
      description: input.description ?? row.description,
      updatedAt: at,
    };
    tx.put("models", next);
    putModelTags(tx, row.id, input.tags ?? {}, input.strict);
    emitModel(context, "updated", row.id);
    return readModel(tx, next);
  },

  /** Soft. A second time changes nothing. */
  "models.delete"(context: WriteContext, { id }: Named): void {
    const row = getModelRow(context.tx, id);
    if (row.deletedAt === null) setDeleted(context, row, context.at);
  },

  "models.restore"(context: WriteContext, { id }: Named): Model {
    const row = getModelRow(context.tx, id);
    return row.deletedAt === null ? readModel(context.tx, row) : setDeleted(context, row, null);
  },

  /** Its row goes now, so that neither it nor its versions are seen; the rest goes in slices (`purgeSlice`). */
  "models.purge"(context: WriteContext, { id }: Named): void {
    const { tx } = context;
    const row = getModelRow(tx, id);
    if (row.deletedAt === null) {
      throw new TrackerError("precondition", `Model '${clip(row.name)}' is in use: delete it before purging it.`, {
        model: id,
      });
    }
    tx.delete("models", id);
    tx.put("purges", { kind: "model", number: id, id: String(id) });
    emitModel(context, "deleted", id);
  },

  /** Points the alias at the version, away from where it pointed. @throws not_found */
  "models.setAlias"(
    context: WriteContext,
    input: Named & { readonly alias: string; readonly number: number; readonly reason?: string | null },
  ): Model {
    const { tx } = context;
    writableModel(tx, input.id);
    getVersionRow(tx, input.id, input.number);
    const before = tx.get("aliases", input.id, input.alias)?.number;
    if (before !== input.number) {
      noteHistory(
        context,
        before === undefined ? "alias.set" : "alias.moved",
        { model: input.id, number: input.number },
        { name: input.alias, from: before?.toString() ?? null, to: String(input.number), reason: input.reason ?? null },
      );
    }
    tx.put("aliases", { model: input.id, alias: input.alias, number: input.number });
    touchModel(context, input.id);
    emitModel(context, "updated", input.id);
    return readModel(tx, getModelRow(tx, input.id));
  },

  /** @throws not_found with `strict`, when there is no such alias. */
  "models.deleteAlias"(
    context: WriteContext,
    input: Named & { readonly alias: string; readonly strict: boolean; readonly reason?: string | null },
  ): Model {
    const { tx } = context;
    const row = writableModel(tx, input.id);
    const before = tx.get("aliases", input.id, input.alias);
    if (before === undefined) {
      if (!input.strict) return readModel(tx, row);
      throw notFound(`Model '${clip(row.name)}' has no alias '${clip(input.alias)}'.`, {
        model: input.id,
        alias: clip(input.alias),
      });
    }
    tx.delete("aliases", input.id, input.alias);
    noteHistory(
      context,
      "alias.removed",
      { model: input.id, number: before.number },
      { name: input.alias, from: String(before.number), reason: input.reason ?? null },
    );
    touchModel(context, input.id);
    emitModel(context, "updated", input.id);
    return readModel(tx, getModelRow(tx, input.id));
  },
};

function reuse(context: WriteContext, taken: ModelRow, input: NewModel): Model {
  const { tx, at } = context;
  if (input.onConflict === "error") throw nameTaken(taken);
  if (input.onConflict === "skip") return readModel(tx, taken);
  for (const version of tx.list("versions", { index: "byNumber", prefix: [taken.id] })) removeVersion(context, version);
  tx.clear("modelTags", { prefix: [taken.id] });
  const row: ModelRow = { ...taken, description: input.description, versions: 0, updatedAt: at, deletedAt: null };
  tx.put("models", row);
  putModelTags(tx, row.id, input.tags);
  emitModel(context, "updated", row.id);
  return readModel(tx, row);
}

function setDeleted(context: WriteContext, row: ModelRow, deletedAt: number | null): Model {
  const next = { ...row, deletedAt, updatedAt: context.at };
  context.tx.put("models", next);
  emitModel(context, "updated", row.id);
  return readModel(context.tx, next);
}

function nameTaken(row: ModelRow): TrackerError {
  const hint =
    row.deletedAt === null ? "Choose another name" : "It is deleted: restore or purge it, or choose another name";
  return conflict(`A model is already named '${clip(row.name)}' (id ${row.id}). ${hint}.`, {
    model: row.id,
    name: row.name,
  });
}
