import { randomUUID } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { constants, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BlobInfo, BlobStore, Clock, Digest } from "@cairn/core";
import { makeFolders } from "../disk/make-folders.ts";
import { pourHashed } from "../disk/pour-hashed.ts";
import { readFile } from "../disk/read-file.ts";
import { storageError } from "../disk/storage-error.ts";
import { told, toldEach } from "../disk/told.ts";
import { checkBlob } from "./check-blob.ts";
import { createLayout, type Layout } from "./layout.ts";
import { createShards, NO_FOLLOW, statFile } from "./shards.ts";
import { createUploads, otherDigest } from "./uploads.ts";
import { findStrays, listBlobs } from "./walk.ts";

/**
 * Blobs as files below one folder, which this process must own alone. What a process before left half-written is removed
 * when it opens; uploads stay. The layout is in docs/design/storage-format.md.
 *
 * @param folder made if there is none; it may itself be a link, nothing below it is followed if it is one.
 * @throws unavailable when the folder cannot be made or written to; storage_full.
 *
 * @example
 * const blobs = filesystemBlobs({ folder: "cairn-data/blobs", clock: { now: Date.now } });
 * const { digest } = await blobs.write(request);
 */
export function filesystemBlobs(options: { readonly folder: string; readonly clock: Clock }): BlobStore {
  const { clock } = options;
  const layout = createLayout(options.folder);
  prepare(layout);
  const shards = createShards({ layout, clock });
  const uploads = createUploads({ layout, shards, clock });
  const writing = new Set<string>();

  async function write(source: AsyncIterable<Uint8Array>, expected?: Digest): Promise<BlobInfo> {
    const name = randomUUID();
    const path = join(layout.temporary, name);
    writing.add(name);
    try {
      const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW);
      const { digest, size } = await pourHashed(file, source);
      if (expected !== undefined && expected !== digest) throw otherDigest(expected, digest);
      await shards.publish(path, { digest, size });
      return { digest, size };
    } catch (error) {
      await rm(path, { force: true }).catch(() => {});
      throw error;
    } finally {
      writing.delete(name);
    }
  }

  async function sweep(before: number) {
    const swept = await uploads.sweep(before);
    for (const name of await readdir(layout.temporary)) {
      const path = join(layout.temporary, name);
      const stats = writing.has(name) ? undefined : await statFile(path);
      if (stats === undefined || Math.round(stats.mtimeMs) >= before) continue;
      await rm(path, { force: true });
      swept.count += 1;
      swept.bytes += stats.size;
    }
    return swept;
  }

  return Object.freeze({
    write: (source: AsyncIterable<Uint8Array>, expected?: Digest) => told(STORE, () => write(source, expected)),
    find: (digest: Digest) =>
      told(READ, async () => {
        const found = await shards.find(digest);
        return found && { digest, size: found.size };
      }),
    touch: (digest: Digest) => told(READ, () => shards.touch(digest)),
    read: (digest: Digest, range?: { start: number; end: number }) =>
      toldEach(
        READ,
        readFile(() => shards.open(digest), range),
      ),
    openUpload: (id: string, size: number | null, at: number) => told(STORE, () => uploads.openUpload(id, size, at)),
    findUpload: (id: string) => told(READ, () => uploads.findUpload(id)),
    continueUpload: (id: string, offset: number, source: AsyncIterable<Uint8Array>) =>
      told(STORE, () => uploads.continueUpload(id, offset, source)),
    finishUpload: (id: string, expected?: Digest) => told(STORE, () => uploads.finishUpload(id, expected)),
    readUpload: (id: string) => toldEach(READ, uploads.readUpload(id)),
    abortUpload: (id: string) => told(REMOVE, () => uploads.abortUpload(id)),
    list: () => toldEach(READ, listBlobs(layout, shards)),
    strays: () => toldEach(READ, findStrays(layout)),
    check: (digest: Digest, size: number) => checkBlob(shards, digest, size),
    remove: (digest: Digest, before: number) => told(REMOVE, () => shards.remove(digest, before)),
    sweepUploads: (before: number) => told(REMOVE, () => sweep(before)),
  });
}

const STORE = "The bytes could not be stored";
const READ = "The stored bytes could not be read";
const REMOVE = "The stored bytes could not be removed";

/** Synchronous, so that a folder which cannot be used is told when the server starts, before it says that it listens. */
function prepare(layout: Layout): void {
  try {
    for (const folder of [layout.temporary, layout.uploads]) makeFolders(folder);
    for (const name of readdirSync(layout.temporary)) {
      rmSync(join(layout.temporary, name), { recursive: true, force: true });
    }
  } catch (error) {
    throw storageError(error, `The folder '${layout.folder}' cannot be used`);
  }
}
