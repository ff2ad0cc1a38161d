import type { Stats } from "node:fs";
import { lstat, readdir, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isMissing } from "../disk/storage-error.ts";
import { syncFolder } from "../disk/sync-folder.ts";
import { resolveBelow } from "./resolve.ts";

/**
 * Removes a file, or a folder with all below it, and the folders above that are empty then, down to the first `keep`
 * names. A link is removed itself, never what it leads to. How many files went.
 */
export async function removePlain(top: string, names: readonly string[], keep: number): Promise<number> {
  const parent = await resolveBelow(top, names.slice(0, -1));
  if (parent.rest.length > 0 || !parent.stats.isDirectory()) return 0;
  const target = join(parent.path, names.at(-1) ?? "");
  const stats = await statAny(target);
  if (stats === undefined) return 0;
  const count = stats.isDirectory() ? await countFiles(target) : 1;
  await rm(target, { recursive: true, force: true });
  await syncFolder(parent.path);
  await prune(parent.path, names.length - 1 - keep);
  return count;
}

async function statAny(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function countFiles(folder: string): Promise<number> {
  let count = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    count += entry.isDirectory() ? await countFiles(join(folder, entry.name)) : 1;
  }
  return count;
}

/** Folders are what their files imply; so the last file takes its folders along, at most `levels` of them. */
async function prune(folder: string, levels: number): Promise<void> {
  if (levels <= 0) return;
  try {
    await rmdir(folder);
  } catch {
    // It holds something, or may not be removed: then it stays, and all above it.
    return;
  }
  await prune(dirname(folder), levels - 1);
}
