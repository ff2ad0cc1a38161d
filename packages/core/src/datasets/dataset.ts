/** A dataset within an experiment: (name, digest) is its identity. */
export interface Dataset {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
}

/** A dataset of an experiment and one of the contexts in which runs used it (null = without one). */
export interface DatasetUse extends Pick<Dataset, "name" | "digest"> {
  readonly experiment: number;
  readonly context: string | null;
}

/** A dataset as points and searches name it. */
export interface DatasetName {
  readonly name: string;
  /** null on a point: it names none; in a search: any. */
  readonly digest: string | null;
}

/** A dataset as input of a run, with the context it was used in (`train`, `eval` …) among its tags. */
export interface DatasetInput {
  readonly dataset: Dataset;
  readonly context: string | null;
  readonly tags: Readonly<Record<string, string>>;
}
