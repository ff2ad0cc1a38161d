import { notFound, TrackerError } from "../errors.ts";
import { clip } from "../ids.ts";
import type { WriteContext } from "../store/context.ts";
import type { ReadTx } from "../store/tx.ts";
import { findNumber } from "./ref.ts";
import type { ModelRow, VersionRow } from "./rows.ts";

/** Deleted or not. @throws not_found for an unknown id, and once it is purged. */
export function getModelRow(tx: ReadTx, id: number): ModelRow {
  const row = tx.get("models", id);
  if (row !== undefined) return row;
  throw notFound(`No model has the id ${id}. Search for it by name.`, { model: id });
}

export function findModelRow(tx: ReadTx, project: number, name: string): ModelRow | undefined {
  return tx.list("models", { index: "byName", prefix: [project, name], limit: 1 })[0];
}

/** The row of a model that takes writes. @throws not_found; precondition when it is deleted. */
export function writableModel(tx: ReadTx, id: number): ModelRow {
  const row = getModelRow(tx, id);
  if (row.deletedAt === null) return row;
  throw new TrackerError(
    "precondition",
    `Model '${clip(row.name)}' is deleted and takes no changes; restore it first.`,
    { model: id, state: "deleted" },
  );
}

/** @throws not_found for an unknown model or number. */
export function getVersionRow(tx: ReadTx, model: number, number: number): VersionRow {
  const { name } = getModelRow(tx, model);
  const row = findNumber(tx, model, number);
  if (row !== undefined) return row;
  throw notFound(`Model '${clip(name)}' has no version ${number}.`, { model, version: number });
}

/** @throws not_found; precondition when its model is deleted. */
export function writableVersion(tx: ReadTx, model: number, number: number): VersionRow {
  writableModel(tx, model);
  return getVersionRow(tx, model, number);
}

/** The row of a version whose contents may change. @throws not_found; precondition once it is sealed, or its model deleted. */
export function draftVersion(tx: ReadTx, model: number, number: number): VersionRow {
  const row = writableVersion(tx, model, number);
  if (row.state === "draft") return row;
  throw new TrackerError(
    "precondition",
    `Version ${number} of model ${model} is sealed: its files, metadata and label stay as they are. Make another version.`,
    { model, version: number, state: "sealed" },
  );
}

export function touchModel({ tx, at }: WriteContext, model: number): void {
  const row = tx.get("models", model);
  if (row !== undefined) tx.put("models", { ...row, updatedAt: at });
}

export function emitModel(context: WriteContext, what: "created" | "updated" | "deleted", model: number): void {
  context.emit({ kind: `model.${what}`, id: String(model), experiment: null });
}

/** Named as `<model>/<number>`. */
export function emitVersion(
  context: WriteContext,
  what: "created" | "updated" | "deleted",
  { model, number }: { readonly model: number; readonly number: number },
): void {
  context.emit({ kind: `version.${what}`, id: `${model}/${number}`, experiment: null });
}
