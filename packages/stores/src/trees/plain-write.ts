import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, realpath, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type ArtifactPath, type BlobInfo, clip, conflict } from "@cairn/core";
import { makeFolders } from "../disk/make-folders.ts";
import { pourHashed } from "../disk/pour-hashed.ts";
import { errnoOf } from "../disk/storage-error.ts";
import { syncFolder } from "../disk/sync-folder.ts";
import { TEMPORARY } from "./plain.ts";
import { leaves, resolveBelow } from "./resolve.ts";

const LEFT_BEHIND_MS = 24 * 3_600_000;

export interface Target {
  readonly root: string;
  /** From the root to the file. */
  readonly names: readonly string[];
  /** As the user knows it. */
  readonly path: ArtifactPath;
}

/**
 * Puts a file at its path: bytes aside, flushed, then moved. Durable when it answers; nothing is left when it fails.
 *
 * @param inTurn runs the step that makes folders and moves the file, apart from others of its kind.
 * @throws conflict when a folder stands at the path, or a file at one of its parents; forbidden for a link that leads out.
 */
export async function writePlain(
  { root, names, path }: Target,
  bytes: AsyncIterable<Uint8Array>,
  inTurn: <T>(task: () => Promise<T>) => Promise<T>,
): Promise<BlobInfo> {
  makeFolders(root);
  const top = await realpath(root);
  await checkFree(top, names, path);
  const aside = join(top, TEMPORARY);
  await makeFolder(top, aside);
  await sweep(aside);
  const temporary = join(aside, randomUUID());
  try {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
    const blob = await pourHashed(await open(temporary, flags), bytes);
    await inTurn(async () => {
      await checkFree(top, names, path);
      const parent = await makeParents(top, names.slice(0, -1));
      await rename(temporary, join(parent, names.at(-1) ?? ""));
      await syncFolder(parent);
    });
    return blob;
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

/** Clears what a crash left behind. By age, because servers may share a root: what is young may be another's. */
async function sweep(aside: string): Promise<void> {
  const before = Date.now() - LEFT_BEHIND_MS;
  for (const name of await readdir(aside)) {
    const path = join(aside, name);
    const stats = await lstat(path).catch(() => undefined);
    if (stats?.isFile() && stats.mtimeMs < before) await rm(path, { force: true }).catch(() => {});
  }
}

async function checkFree(top: string, names: readonly string[], path: ArtifactPath): Promise<void> {
  const { stats, rest } = await resolveBelow(top, names);
  if (rest.length === 0 && stats.isDirectory()) {
    throw conflict(`'${clip(path)}' is a folder, so no file can have that path; choose another one.`, {
      path: clip(path),
    });
  }
  if (rest.length > 0 && !stats.isDirectory()) {
    throw conflict(`A parent of '${clip(path)}' is a file, so nothing can lie below it; choose another path.`, {
      path: clip(path),
    });
  }
}

/** The folder that the names lead to, made where it is missing, each new one durable in the one above. */
async function makeParents(top: string, names: readonly string[]): Promise<string> {
  const found = await resolveBelow(top, names);
  let parent = found.path;
  for (const name of found.rest) {
    await makeFolder(parent, join(parent, name));
    parent = join(parent, name);
  }
  return parent;
}

async function makeFolder(parent: string, folder: string): Promise<void> {
  try {
    await mkdir(folder);
    await syncFolder(parent);
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
    // A link may have been put there since we looked.
    if (!(await lstat(folder)).isDirectory()) throw leaves(folder);
  }
}
