import { constants, lstat, mkdir, open, readdir, rm } from "node:fs/promises";
import {
  type BlobStore,
  type Clock,
  clip,
  conflict,
  type Digest,
  invalid,
  notFound,
  parseDigest,
  TrackerError,
  type UploadState,
} from "@cairn/core";
import { createDigester, type Digester } from "../disk/digester.ts";
import { hashFile } from "../disk/hash-file.ts";
import { createLocks } from "../disk/locks.ts";
import { type Pour, pour } from "../disk/pour.ts";
import { readFile } from "../disk/read-file.ts";
import { errnoOf } from "../disk/storage-error.ts";
import { syncFolder } from "../disk/sync-folder.ts";
import { type Layout, uploadIdPattern } from "./layout.ts";
import { isFolder, NO_FOLLOW, type Shards, statFile } from "./shards.ts";
import { appendUpload, readUpload as readRecord, type UploadRecord } from "./upload-state.ts";

type Uploads = Pick<
  BlobStore,
  "openUpload" | "findUpload" | "continueUpload" | "finishUpload" | "readUpload" | "abortUpload"
> & {
  sweep(before: number): Promise<{ count: number; bytes: number }>;
};

/** Hashes of uploads under way are kept for so many; the rest are read again when they are finished. */
const HASHES_KEPT = 256;

/**
 * Uploads in parts, each a folder with `data` and `state`. A part is acknowledged by a line in `state` that is flushed
 * after the data, so a process that dies loses only what it had not acknowledged.
 */
export function createUploads(parts: {
  readonly layout: Layout;
  readonly shards: Shards;
  readonly clock: Clock;
}): Uploads {
  const { layout, shards, clock } = parts;
  const locks = createLocks();
  const hashes = new Map<string, { readonly digester: Digester; readonly length: number }>();

  const place = (id: string) => {
    if (uploadIdPattern.test(id)) return layout.upload(id);
    throw invalid(`An upload id is 1 to 64 letters, digits, '_' or '-', not '${clip(id)}'.`, { upload: clip(id) });
  };
  const find = async (id: string): Promise<UploadRecord | undefined> => {
    const { folder, state } = place(id);
    return (await isFolder(folder)) ? readRecord(state) : undefined;
  };
  const get = async (id: string): Promise<UploadRecord> => {
    const record = await find(id);
    if (record !== undefined) return record;
    throw notFound(`No upload has the id '${id}'. It may have been finished or given up; open a new one.`, {
      upload: id,
    });
  };
  const dropHash = (id: string) => {
    hashes.get(id)?.digester.drop();
    hashes.delete(id);
  };
  const keepHash = (id: string, digester: Digester, length: number) => {
    hashes.set(id, { digester, length });
    for (const oldest of hashes.keys()) {
      if (hashes.size <= HASHES_KEPT) break;
      dropHash(oldest);
    }
  };
  const append = (id: string, record: UploadRecord, line: Parameters<typeof appendUpload>[2]) =>
    appendUpload(place(id).state, record.length, line, clock.now());

  async function addPart(id: string, record: UploadRecord, source: AsyncIterable<Uint8Array>): Promise<UploadState> {
    const known = hashes.get(id);
    // Out of the map while bytes go in: what fails here leaves it behind the file, or before it.
    hashes.delete(id);
    const digester = known?.length === record.received ? known.digester : undefined;
    try {
      const { length, broken } = await writePart(id, record, source, digester);
      const received = record.received + length;
      if (length > 0) await append(id, record, { received });
      if (digester !== undefined) keepHash(id, digester, received);
      if (broken !== undefined) throw broken.error;
      return { id, received, size: record.size, createdAt: record.createdAt };
    } finally {
      if (hashes.get(id) === undefined) known?.digester.drop();
    }
  }

  async function writePart(
    id: string,
    { received, size }: UploadRecord,
    source: AsyncIterable<Uint8Array>,
    digester: Digester | undefined,
  ): Promise<Pour> {
    const file = await open(place(id).data, constants.O_RDWR | NO_FOLLOW);
    try {
      // What lies behind the acknowledged bytes came from a part that broke off by a crash, and may have holes.
      await file.truncate(received);
      const limit = size === null ? Number.POSITIVE_INFINITY : size - received;
      const poured = await pour(file, source, { position: received, limit, ...(digester && { digester }) });
      if (poured.isOver) throw tooMuch(id, { size, received });
      return poured;
    } catch (error) {
      // A full disk gets its room back at once, not only when the upload goes on.
      await file.truncate(received).catch(() => {});
      throw error;
    } finally {
      await file.close();
    }
  }

  async function hashOf(id: string, length: number): Promise<Digest> {
    const known = hashes.get(id);
    const digits = known?.length === length ? await known.digester.digest() : undefined;
    if (digits !== undefined) return parseDigest(digits);
    const file = await open(place(id).data, constants.O_RDONLY | NO_FOLLOW);
    try {
      return parseDigest(await hashFile(file, length));
    } finally {
      await file.close();
    }
  }

  async function finish(id: string, expected: Digest | undefined) {
    const record = await get(id);
    const { data } = place(id);
    if (record.finished !== null && (await statFile(data)) === undefined) {
      const blob = await shards.touch(record.finished.digest);
      if (blob !== undefined && (expected === undefined || expected === blob.digest)) return blob;
      throw notFound(`Upload '${id}' was finished before, and its bytes are no longer kept; send them anew.`, {
        upload: id,
      });
    }
    const size = record.received;
    if (record.size !== null && record.size !== size) {
      const message = `Upload '${id}' has ${size} of the ${record.size} bytes it was opened for; send the rest first.`;
      throw new TrackerError("precondition", message, { upload: id, received: size, size: record.size });
    }
    const digest = await hashOf(id, size);
    if (expected !== undefined && expected !== digest) throw otherDigest(expected, digest);
    const file = await open(data, constants.O_RDWR | NO_FOLLOW);
    try {
      await file.truncate(size);
      await file.datasync();
    } finally {
      await file.close();
    }
    await append(id, record, { finished: digest, size });
    await shards.publish(data, { digest, size });
    dropHash(id);
    return { digest, size };
  }

  return {
    openUpload(id, size, at) {
      const { folder, data, state } = place(id);
      if (size !== null && !(Number.isSafeInteger(size) && size >= 0)) {
        throw invalid(`The size of an upload is a whole number of bytes, not ${size}.`, { size });
      }
      return locks.run(id, async () => {
        await mkdir(folder).catch((error: unknown) => {
          if (errnoOf(error) !== "EEXIST") throw error;
          throw conflict(`There is an upload with the id '${id}' already.`, { upload: id });
        });
        await (await open(data, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL)).close();
        await appendUpload(state, 0, { upload: 1, size, createdAt: at }, clock.now());
        await syncFolder(folder);
        await syncFolder(layout.uploads);
        keepHash(id, createDigester(), 0);
        return { id, received: 0, size, createdAt: at };
      });
    },

    async findUpload(id) {
      const record = await find(id);
      return record && { id, received: record.received, size: record.size, createdAt: record.createdAt };
    },

    continueUpload(id, offset, source) {
      return locks.run(id, async () => {
        const record = await get(id);
        if (record.finished !== null) throw conflict(`Upload '${id}' is finished.`, { upload: id });
        if (offset === record.received) return addPart(id, record, source);
        const message = `Upload '${id}' has received ${record.received} bytes, so the next part starts there, not at ${offset}.`;
        throw conflict(message, { upload: id, received: record.received });
      });
    },

    finishUpload(id, expected) {
      return locks.run(id, () => finish(id, expected));
    },

    async *readUpload(id) {
      const { received, finished } = await get(id);
      if (finished !== null) throw conflict(`Upload '${id}' is finished.`, { upload: id });
      yield* readFile(() => open(place(id).data, constants.O_RDONLY | NO_FOLLOW), { start: 0, end: received });
    },

    abortUpload(id) {
      const { folder } = place(id);
      return locks.run(id, async () => {
        dropHash(id);
        await rm(folder, { recursive: true, force: true });
      });
    },

    async sweep(before) {
      let count = 0;
      let bytes = 0;
      for (const id of await readdir(layout.uploads)) {
        // One that is held is being written to, maybe for longer than `before` allows: it is not left alone.
        if (!uploadIdPattern.test(id) || locks.isHeld(id)) continue;
        await locks.run(id, async () => {
          const { folder, data, state } = place(id);
          const { mtimeMs } = (await statFile(state)) ?? (await lstat(folder));
          if (Math.round(mtimeMs) >= before) return;
          const stats = await statFile(data);
          dropHash(id);
          await rm(folder, { recursive: true, force: true });
          // A finished one has no data left; only what it remembers goes.
          count += stats === undefined ? 0 : 1;
          bytes += stats?.size ?? 0;
        });
      }
      return { count, bytes };
    },
  };
}

function tooMuch(id: string, { size, received }: Pick<UploadRecord, "size" | "received">): TrackerError {
  const message = `Upload '${id}' was opened for ${size} bytes, and more came; this part was not kept.`;
  return new TrackerError("precondition", message, { upload: id, size, received });
}

export function otherDigest(expected: Digest, digest: Digest): TrackerError {
  const message = `The bytes have the digest ${digest}, not ${expected} as promised; send them again.`;
  return new TrackerError("precondition", message, { expected, digest });
}
