/** What happened to a model or to one of its versions. */
export const modelEvents = [
  "alias.set",
  "alias.moved",
  "alias.removed",
  "version.created",
  "version.sealed",
  "version.deleted",
  "comment.changed",
  "stage.changed",
  "tag.set",
  "tag.removed",
] as const;
export type ModelEvent = (typeof modelEvents)[number];

/** One line of a model's history. Lines are only ever added; they go with the model when it is purged. */
export interface ModelHistoryEntry {
  /** Grows with time over all models. */
  readonly number: number;
  readonly at: number;
  readonly author: string;
  readonly what: ModelEvent;
  /** The version's number that it is about: of an alias, the one that it points at now, or pointed at when it was removed. */
  readonly version: number;
  /** The alias or the tag's key; null where there is none. */
  readonly name: string | null;
  /** What was before, as text: a version's number for an alias. null = nothing. Cut after 2000 characters, as `to` is. */
  readonly from: string | null;
  readonly to: string | null;
  /** Why, if the caller said so. */
  readonly reason: string | null;
}
