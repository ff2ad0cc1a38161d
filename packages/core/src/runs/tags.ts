import { notFound } from "../errors.ts";
import { clip } from "../ids.ts";
import type { Tx } from "../store/tx.ts";
import { findName, internName } from "./names.ts";
import type { RunRow } from "./rows.ts";

/**
 * Sets tags; null removes one.
 * @throws not_found with `strict`, when a tag to remove is not there.
 */
export function putTags(tx: Tx, run: RunRow, tags: Readonly<Record<string, string | null>>, strict = false): void {
  for (const [key, value] of Object.entries(tags)) {
    if (value === null) removeTag(tx, run, key, strict);
    else tx.put("tags", { run: run.row, name: internName(tx, key), value });
  }
}

function removeTag(tx: Tx, run: RunRow, key: string, strict: boolean): void {
  const name = findName(tx, key);
  if (name !== undefined && tx.get("tags", run.row, name) !== undefined) tx.delete("tags", run.row, name);
  else if (strict) throw notFound(`Run '${run.id}' has no tag '${clip(key)}'.`, { run: run.id, tag: key });
}
