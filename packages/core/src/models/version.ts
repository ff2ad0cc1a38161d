import type { NamePolicy } from "../experiments/experiment.ts";
import type { Json } from "../json.ts";

export const versionStates = ["draft", "sealed"] as const;
/** Of a draft, files, metadata and label may change; of a sealed version they never do. */
export type VersionState = (typeof versionStates)[number];

/** One state of a model. */
export interface Version {
  /** Id of its model. */
  readonly model: number;
  /** Its model's name. */
  readonly name: string;
  /** 1, 2, 3 … in its model, never reused. */
  readonly number: number;
  /** The caller's own name for it, unique in the model. */
  readonly label: string | null;
  readonly state: VersionState;
  /** Free text, such as `Production`; "" = none. */
  readonly stage: string;
  readonly metadata: Readonly<Record<string, Json>>;
  readonly comment: string;
  readonly author: string;
  /** Id of the run that it came from. */
  readonly run: string | null;
  /** A URI that says where it came from. Text alone: nothing is fetched from it. */
  readonly source: string | null;
  /** Where people read about its source. */
  readonly link: string | null;
  /** Id of the checkpoint that it was made from. */
  readonly checkpoint: string | null;
  /** How many files it has, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly sealedAt: number | null;
  /** Those that point at it, `latest` left out. */
  readonly aliases: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Names one version. */
export interface VersionKey {
  readonly model: number;
  readonly number: number;
}

/** Where a version's first files are taken from: a folder of a run or of a checkpoint ("" or left out = all of its files). */
export interface VersionOrigin {
  readonly run?: string | undefined;
  /** Counts before `run`. */
  readonly checkpoint?: string | undefined;
  readonly folder?: string | undefined;
}

export interface CreateVersion {
  readonly label?: string | undefined;
  /** What to do when the label is taken: `overwrite` deletes the version that has it; its number does not come back. */
  readonly onConflict?: NamePolicy | undefined;
  /** `draft` when left out. */
  readonly state?: VersionState | undefined;
  readonly stage?: string | undefined;
  readonly metadata?: Readonly<Record<string, Json>> | undefined;
  readonly comment?: string | undefined;
  /** The caller when left out. */
  readonly author?: string | undefined;
  /** `from.run` when left out. */
  readonly run?: string | null | undefined;
  readonly source?: string | null | undefined;
  readonly link?: string | null | undefined;
  readonly checkpoint?: string | null | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Files to begin with, as they stand at this moment; later changes there do not reach the version. */
  readonly from?: VersionOrigin | undefined;
}

/** A copy has what its origin has, save what is given here. */
export interface CopyVersion extends Omit<CreateVersion, "from"> {
  /** Id of the model that gets the copy. */
  readonly to: number;
}

/**
 * Only what is given changes; `metadata` is replaced as a whole. Label and metadata only change while the version is a
 * draft. A tag set to null is removed (`not_found` if `strict` and it is not there).
 */
export interface UpdateVersion {
  readonly label?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, Json>> | undefined;
  readonly comment?: string | undefined;
  readonly stage?: string | undefined;
  /** The stage into which all other versions go that are in the new one now. */
  readonly moveOthersTo?: string | undefined;
  readonly tags?: Readonly<Record<string, string | null>> | undefined;
  readonly strict?: boolean | undefined;
}
