/** A named group of runs inside a project. */
export interface Experiment {
  readonly id: number;
  readonly project: string;
  readonly name: string;
  readonly description: string;
  /** A URI under which clients store artifacts by themselves; null = the server keeps them. */
  readonly location: string | null;
  readonly createdAt: number;
  /** The last rename, description, tag, delete or restore; logging to its runs does not count. */
  readonly updatedAt: number;
  readonly deletedAt: number | null;
  readonly tags: Readonly<Record<string, string>>;
}

/** What to do when a unique name is taken: refuse, empty and reuse what has it, take the first free `name_1, _2 …`, or give back what has it. */
export type NamePolicy = "error" | "overwrite" | "duplicate" | "skip";

export interface CreateExperiment {
  readonly project?: string | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  readonly location?: string | null | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly onConflict?: NamePolicy | undefined;
}

/** Only what is given changes. A tag set to null is removed (`not_found` if `strict` and it is not there). */
export interface UpdateExperiment {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: Readonly<Record<string, string | null>> | undefined;
  readonly strict?: boolean | undefined;
}
