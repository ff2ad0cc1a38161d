import { isTrackerError, TrackerError } from "@cairn/core";

// EFBIG: a limit on the size of files, set by the system (ulimit -f).
const full = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

const reasons: Readonly<Record<string, string>> = {
  EACCES: "the server may not do that there; check the owner and the permissions of the folder",
  EPERM: "the server may not do that there; check the owner and the permissions of the folder",
  EROFS: "the file system is read-only; mount it writable",
  EMFILE: "the server has too many files open; raise its limit (ulimit -n), or try again",
  ENFILE: "the system has too many files open; try again",
  ENOTDIR: "a file stands where a folder should be",
  EISDIR: "a folder stands where a file should be",
  EEXIST: "something else stands where a folder should be",
  ELOOP: "a symbolic link stands where a file should be",
  ENOENT: "the folder is gone; was it moved while the server ran?",
  EIO: "the disk reports an error; check its health",
};

/**
 * What the system refused, in Cairn's words. The system's own error, which names folders of the server, is the `cause`
 * for the operator's log. A TrackerError goes through as it is.
 *
 * @param what what was being done, as a sentence's beginning: "The bytes could not be stored".
 */
export function storageError(error: unknown, what: string): unknown {
  if (isTrackerError(error)) return error;
  const code = errnoOf(error);
  if (code === undefined) return error;
  if (full.has(code)) {
    const message = `${what}: the server's disk is full (${code}). Free some space and try again.`;
    return new TrackerError("storage_full", message, { reason: code }, { cause: error });
  }
  if (code === "ENAMETOOLONG") {
    const message = `${what}: the path is too long for the server's file system. Choose a shorter one.`;
    return new TrackerError("invalid", message, { reason: code }, { cause: error });
  }
  const reason = reasons[code] ?? "the system refused";
  return new TrackerError("unavailable", `${what}: ${reason} (${code}).`, { reason: code }, { cause: error });
}

/** The system's code of an error, such as `ENOENT`. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** True for "there is no such file", which is an answer rather than a failure. */
export function isMissing(error: unknown): boolean {
  return errnoOf(error) === "ENOENT";
}
