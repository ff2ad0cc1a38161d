import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { isTrackerError, notFound, TrackerError } from "@cairn/core";

const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** Replaces a small text file: readers see the old one or the new one. */
export async function replaceText(path: string, text: string, mode?: number): Promise<void> {
  const fresh = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    const handle = await open(fresh, "wx", mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw explainFileError(error, `Cannot write '${path}'`);
  }
}

/** @param what without the end of the sentence */
export function storageFull(what: string, cause?: unknown): TrackerError {
  return new TrackerError(
    "storage_full",
    `${what}. Nothing was changed; free some space and try again.`,
    {},
    {
      cause,
    },
  );
}

/** What the system says, in our words. Our own errors, and those that are no system's, go through. */
export function explainFileError(error: unknown, what: string): unknown {
  if (isTrackerError(error) || !(error instanceof Error)) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) return error;
  const options = { cause: error };
  if (FULL.has(code)) return storageFull(`${what}: the disk is full`, error);
  if (code === "ENOENT") return notFound(`${what}: there is no such file or folder.`);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new TrackerError("forbidden", `${what}: ${message}.`, {}, options);
  if (code === "ENOTDIR" || code === "EISDIR" || code === "EEXIST")
    return new TrackerError("conflict", `${what}: ${message}.`, {}, options);
  return new TrackerError("invalid", `${what}: ${message}.`, {}, options);
}
