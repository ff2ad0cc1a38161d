import { isTrackerError, TrackerError } from "../../errors.ts";

/** What a blob claims to hold; also the word under which its corruption is reported. */
export type RecordKind =
  | "journal"
  | "chunk-values"
  | "chunk-axes"
  | "entries"
  | "segment"
  | "bundle-directory"
  | "bundle-frame"
  | "summary";

/**
 * The error of every decoder here: code `internal`, `details.record` the kind. It is thrown for a flipped bit, a cut blob, a blob
 * of another kind and bytes that no encoder makes; the caller knows which row it read and adds that.
 */
export function corruptRecord(kind: RecordKind, reason: string, cause?: unknown): TrackerError {
  const options = cause === undefined ? undefined : { cause };
  return new TrackerError(
    "internal",
    `A ${kind} record is corrupt: ${reason}. Restore it from a backup.`,
    { record: kind, reason },
    options,
  );
}

/** True for the errors of `corruptRecord`, so that a reader can skip the record and serve its neighbours. */
export function isCorruptRecord(error: unknown): error is TrackerError {
  return isTrackerError(error) && error.code === "internal" && typeof error.details["record"] === "string";
}
