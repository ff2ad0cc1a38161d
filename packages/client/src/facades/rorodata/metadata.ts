import { checkName, decodeValue, encodeValue, invalid, type Json, type Model, type Version } from "@cairn/core";
import { modelId } from "./model-id.ts";
import { isJson } from "./serializers/is-json.ts";

export type Metadata = Readonly<Record<string, Json>>;

/** Keys that every saved image has by itself. */
export const automaticKeys = [
  "Model-ID",
  "Model-Name",
  "Model-Version",
  "Date",
  "Author",
  "Content-Encoding",
  "Comment",
  "Tag",
] as const;

export const ENCODING = "Content-Encoding";

export function isAutomatic(key: string): boolean {
  return automaticKeys.some((name) => name.toLowerCase() === key.toLowerCase());
}

/** @throws invalid for a bad key, a key that is set by itself, and a value that is not plain data. */
export function checkEntry(key: string, value: Json): Json {
  checkName("A key of metadata", key, 1024);
  if (isAutomatic(key))
    throw invalid(`The metadata '${key}' is set by itself when the image is saved; use another key.`);
  if (typeof value !== "number" && !isJson(value, false)) {
    throw invalid(
      `The metadata '${key}' must be a text, a number, true, false, null, or plain lists and objects of them.`,
      {
        key,
      },
    );
  }
  return copyValue(value);
}

/** A value of its own, which later changes of the caller's do not reach. */
export function copyValue(value: Json): Json {
  return decodeValue(encodeValue(value));
}

/** What a saved image says of itself: the automatic keys and the caller's. */
export function collectMetadata(version: Version, { aliases, latest }: Pick<Model, "aliases" | "latest">): Metadata {
  const { [ENCODING]: encoding, ...own } = version.metadata;
  const tags = Object.keys(aliases).filter((alias) => aliases[alias] === version.number);
  if (latest === version.number) tags.unshift("latest");
  return {
    "Model-ID": modelId(version.model, version.number),
    "Model-Name": version.name,
    "Model-Version": version.number,
    Date: formatDate(version.sealedAt ?? version.createdAt),
    Author: version.author,
    ...(encoding === undefined ? {} : { [ENCODING]: encoding }),
    Comment: version.comment,
    Tag: tags,
    ...own,
  };
}

/** UTC, as `2017-09-27 15:46:31.939`. */
function formatDate(at: number): string {
  return new Date(at).toISOString().replace("T", " ").replace("Z", "");
}
