import type { Model } from "@cairn/core";

/** Tags by which clients of the file centre know a model as one of its profiles. */
const KEY = "centre.key";
const VISIBILITY = "centre.visibility";

export type Visibility = "private" | "public";

export function visibilityOf({ tags }: Pick<Model, "tags">): Visibility {
  return tags[VISIBILITY] === "public" ? "public" : "private";
}

/** The beginning of its key, as lists show it: the whole is for the one who registered it. */
export function maskedKey({ tags }: Pick<Model, "tags">): string {
  const key = tags[KEY] ?? "";
  return key === "" ? "" : `${key.slice(0, 4)}…`;
}

/** What a new profile is registered with. */
export function profileTags(visibility: Visibility): Readonly<Record<string, string>> {
  return { [KEY]: newKey(), [VISIBILITY]: visibility };
}

/** A random UUID (version 4); a page over plain HTTP has no `randomUUID`. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Where clients of the centre find a profile. */
export function addressesOf({ id }: Pick<Model, "id">, server: string): readonly (readonly [string, string])[] {
  const models = `${server}/api/v1/models`;
  return [
    ["server", server],
    ["filereporoot", models],
    ["filerepo", `${models}/${id}`],
    ["filedb", `${models}/${id}/versions`],
  ];
}
