import { constants, type FileHandle, open } from "node:fs/promises";

/** Places, lengths and addresses of direct writes must be multiples of the disk's blocks, which are no larger. */
export const DIRECT_ALIGN = 4096;

/**
 * Another handle on an open file, whose writes go from memory to the disk without the system's page cache. Null where the
 * system or the file system has no such thing.
 */
export async function openDirect(file: FileHandle): Promise<FileHandle | null> {
  if (process.platform !== "linux") return null;
  try {
    return await open(`/proc/self/fd/${file.fd}`, constants.O_WRONLY | constants.O_DIRECT);
  } catch {
    return null;
  }
}
