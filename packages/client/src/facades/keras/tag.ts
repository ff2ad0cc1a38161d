import { invalid } from "@cairn/core";

/** A label that many models may carry; it outlives its removal from any of them. */
export interface Tag {
  readonly title: string;
}

/** One tag or several, by their titles or as tags. */
export type Tags = string | Tag | readonly (string | Tag)[];

/** @throws invalid for anything that is neither a text nor a tag. */
export function titlesOf(tags: Tags): string[] {
  const list: readonly unknown[] = Array.isArray(tags) ? tags : [tags];
  return list.map((tag) => {
    if (typeof tag === "string") return tag;
    if (typeof tag === "object" && tag !== null && "title" in tag && typeof tag.title === "string") return tag.title;
    throw invalid(`A tag is a text or a Tag, not ${tag === null ? "null" : `a ${typeof tag}`}.`);
  });
}
