import { notFound } from "../errors.ts";
import { clip } from "../ids.ts";
import type { Tx } from "../store/tx.ts";

type TagChanges = Readonly<Record<string, string | null>>;

/** Sets tags of a model; null removes one. @throws not_found with `strict`, when a tag to remove is not there. */
export function putModelTags(tx: Tx, model: number, tags: TagChanges, strict = false): void {
  for (const [key, value] of Object.entries(tags)) {
    if (value !== null) tx.put("modelTags", { model, key, value });
    else if (strict && tx.get("modelTags", model, key) === undefined) throw noTag(`Model ${model}`, key);
    else tx.delete("modelTags", model, key);
  }
}

/** The same for a version, by its row's id. */
export function putVersionTags(tx: Tx, version: number, tags: TagChanges, strict = false): void {
  for (const [key, value] of Object.entries(tags)) {
    if (value !== null) tx.put("versionTags", { version, key, value });
    else if (strict && tx.get("versionTags", version, key) === undefined) throw noTag("The version", key);
    else tx.delete("versionTags", version, key);
  }
}

function noTag(owner: string, key: string): Error {
  return notFound(`${owner} has no tag '${clip(key)}'.`, { tag: clip(key) });
}
