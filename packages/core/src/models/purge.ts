import { removeTree } from "../artifacts/remove-tree.ts";
import { versionTree } from "../artifacts/tree.ts";
import type { WriteContext } from "../store/context.ts";
import type { Tx } from "../store/tx.ts";
import { emitVersion } from "./guard.ts";
import { noteHistory } from "./note-history.ts";
import type { VersionRow } from "./rows.ts";

/** Its row and aliases go now, so that it is seen no more; the rest goes in slices. Its model's row is the caller's to change. */
export function removeVersion(context: WriteContext, row: VersionRow): void {
  const { tx } = context;
  const { id, model, number } = row;
  // A purged model's row is gone already, and its history goes with it.
  const isKept = tx.get("models", model) !== undefined;
  for (const { alias } of tx.list("aliases", { index: "byVersion", prefix: [model, number] })) {
    tx.delete("aliases", model, alias);
    if (isKept) noteHistory(context, "alias.removed", row, { name: alias, from: String(number) });
  }
  if (isKept) noteHistory(context, "version.deleted", row);
  tx.delete("versions", id);
  tx.put("purges", { kind: "version", number: id, id: versionTree({ model, number }) });
  emitVersion(context, "deleted", row);
}

/** One slice of what a deleted version left. True when nothing of it is left. */
export function purgeVersionRows(tx: Tx, version: number, tree: string, limit: number): boolean {
  for (const table of ["versionTags", "versionMetadata"] as const) {
    if (tx.clear(table, { prefix: [version], limit }) > 0) return false;
  }
  return removeTree(tx, tree, limit) < limit;
}

/** One slice of what a purged model left: versions, then the model's own. True when nothing of it is left. */
export function purgeModelRows(context: WriteContext, model: number, limit: number): boolean {
  const { tx } = context;
  const versions = tx.list("versions", { index: "byNumber", prefix: [model], limit });
  for (const row of versions) removeVersion(context, row);
  if (versions.length > 0) return false;
  tx.clear("aliases", { prefix: [model] });
  if (tx.clear("modelHistory", { prefix: [model], limit }) > 0) return false;
  return tx.clear("modelTags", { prefix: [model], limit }) < limit;
}
