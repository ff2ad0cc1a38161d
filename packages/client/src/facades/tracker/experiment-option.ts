export type DuplicatePolicy = "overwrite" | "duplicate" | "skip" | null;

/**
 * What to do when the tracker has a row of the same name: `overwrite` replaces it once the new training went well,
 * `duplicate` names the new one `name_1`, `name_2` …, null refuses, `skip` leaves everything as it is without a word.
 * @throws TypeError for anything else.
 */
export class ExperimentOption {
  readonly expOption: DuplicatePolicy;

  constructor(expOption: DuplicatePolicy = null) {
    if (expOption !== null && !["overwrite", "duplicate", "skip"].includes(expOption)) {
      throw new TypeError("Values should only be one of overwrite, duplicate or None (null), or skip");
    }
    this.expOption = expOption;
  }

  toString(): string {
    return this.expOption ?? "None";
  }
}
