import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder, and those above it that are missing. Node's own way to do so never ends where a file system has a
 * folder but says ENOENT to whoever would make one in it, as `/proc` does.
 *
 * @throws the system's error.
 */
export function makeFolders(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code === "ENOENT" && parent !== folder) {
      makeFolders(parent);
      makeLast(folder);
    } else if (!isFolder(folder)) throw error;
  }
}

/** Another process, started at the same moment, may be the first. */
function makeLast(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!isFolder(folder)) throw error;
  }
}

/** A read-only file system refuses even a folder that is there. */
function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
