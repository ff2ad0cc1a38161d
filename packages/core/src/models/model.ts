import type { NamePolicy } from "../experiments/experiment.ts";

/** A repository of versions of one model. */
export interface Model {
  readonly id: number;
  readonly project: string;
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly createdAt: number;
  /** The last change of itself, its aliases, or the set of its versions and their stages. */
  readonly updatedAt: number;
  readonly deletedAt: number | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Numbers by alias, without `latest`. */
  readonly aliases: Readonly<Record<string, number>>;
  /** What `latest` names: the highest sealed version; null when there is none. */
  readonly latest: number | null;
  /** The highest sealed number in each stage that some sealed version is in; "" = in none. */
  readonly stages: Readonly<Record<string, number>>;
  /** How many versions there are. */
  readonly versions: number;
}

export interface CreateModel {
  /** `default` when left out. */
  readonly project?: string | undefined;
  /** Unique in the project; without `/` and `:`. */
  readonly name: string;
  readonly description?: string | undefined;
  /** The caller when left out. */
  readonly author?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** `overwrite` takes all versions of the one that has the name; their numbers do not come back. */
  readonly onConflict?: NamePolicy | undefined;
}

/** Only what is given changes. A tag set to null is removed (`not_found` if `strict` and it is not there). */
export interface UpdateModel {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: Readonly<Record<string, string | null>> | undefined;
  readonly strict?: boolean | undefined;
}
