import type { Stats } from "node:fs";
import { constants, type FileHandle, lstat, lutimes, mkdir, open, rename, rm } from "node:fs/promises";
import { type BlobInfo, type Clock, type Digest, TrackerError } from "@cairn/core";
import { createLocks } from "../disk/locks.ts";
import { isMissing } from "../disk/storage-error.ts";
import { syncFolder } from "../disk/sync-folder.ts";
import type { Layout } from "./layout.ts";

/** Links are never followed among the blobs: one that stands there is foreign. (Windows has no such flag.) */
export const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/**
 * The blobs in their places. `publish`, `touch` and `remove` of one digest exclude each other, which is what gc's safety
 * stands on; it holds because one process owns the folder.
 */
export interface Shards {
  find(digest: Digest): Promise<(BlobInfo & { readonly modifiedAt: number }) | undefined>;
  open(digest: Digest): Promise<FileHandle>;
  touch(digest: Digest): Promise<BlobInfo | undefined>;
  /** Moves a file, whose bytes are on disk, to its place; durable when it answers. The file is gone in any case. */
  publish(file: string, blob: BlobInfo): Promise<void>;
  remove(digest: Digest, before: number): Promise<boolean>;
}

export function createShards({ layout, clock }: { readonly layout: Layout; readonly clock: Clock }): Shards {
  const locks = createLocks();
  const ready = new Map<string, Promise<void>>();

  const find: Shards["find"] = async (digest) => {
    const stats = await statFile(layout.blob(digest));
    // A link standing for the whole shard would lead out of the folder as well.
    if (stats === undefined || !(await isFolder(layout.shard(digest)))) return undefined;
    return { digest, size: stats.size, modifiedAt: Math.round(stats.mtimeMs) };
  };

  /** Once for each shard in this process: makes it, and makes durable what a process before may have left unflushed. */
  const prepare = async (shard: string): Promise<void> => {
    // Somebody may have tidied it away, or put a link in its place, which would take the blob out of the folder.
    if (ready.has(shard) && !(await isFolder(shard))) ready.delete(shard);
    const known = ready.get(shard) ?? makeFolder(layout.folder, shard);
    ready.set(shard, known);
    known.catch(() => ready.delete(shard));
    await known;
  };

  const makeYoung = async (digest: Digest) => {
    const seconds = clock.now() / 1000;
    await lutimes(layout.blob(digest), seconds, seconds);
  };

  return {
    find,

    async open(digest) {
      if ((await find(digest)) === undefined) throw missing(digest);
      try {
        return await open(layout.blob(digest), constants.O_RDONLY | NO_FOLLOW);
      } catch (error) {
        throw isMissing(error) ? missing(digest) : error;
      }
    },

    touch(digest) {
      return locks.run(digest, async () => {
        const found = await find(digest);
        if (found === undefined) return undefined;
        await makeYoung(digest);
        return { digest, size: found.size };
      });
    },

    publish(file, { digest, size }) {
      return locks.run(digest, async () => {
        const shard = layout.shard(digest);
        await prepare(shard);
        const existing = await find(digest);
        if (existing?.size === size) {
          await makeYoung(digest);
          await rm(file, { force: true });
          return;
        }
        // Nothing there, or something that cannot be the blob (cut short, a link): the sound bytes take its place.
        await rename(file, layout.blob(digest));
        await makeYoung(digest);
        await syncFolder(shard);
      });
    },

    remove(digest, before) {
      return locks.run(digest, async () => {
        const found = await find(digest);
        if (found === undefined || found.modifiedAt >= before) return false;
        await rm(layout.blob(digest));
        return true;
      });
    },
  };
}

async function makeFolder(parent: string, folder: string): Promise<void> {
  await mkdir(folder).catch(async (error: unknown) => {
    if (!(await isFolder(folder))) throw error;
  });
  await syncFolder(parent);
  await syncFolder(folder);
}

/** A regular file's state; undefined for anything else, links too. */
export async function statFile(path: string): Promise<Stats | undefined> {
  const stats = await statAny(path);
  return stats?.isFile() ? stats : undefined;
}

export async function isFolder(path: string): Promise<boolean> {
  return (await statAny(path))?.isDirectory() ?? false;
}

async function statAny(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export function missing(digest: Digest): TrackerError {
  return new TrackerError("not_found", `The server has no bytes with the digest ${digest}.`, { digest });
}
