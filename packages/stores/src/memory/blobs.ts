import { createHash } from "node:crypto";
import {
  type BlobDamage,
  type BlobInfo,
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

interface Upload {
  bytes: Uint8Array;
  readonly size: number | null;
  readonly createdAt: number;
  touchedAt: number;
  finished: Digest | null;
}

/** Blobs in memory, for tests: the port's meaning in few lines. Nothing survives the process. */
export function memoryBlobs({ clock }: { readonly clock: Clock }): BlobStore {
  const blobs = new Map<Digest, { readonly bytes: Uint8Array; modifiedAt: number }>();
  const uploads = new Map<string, Upload>();

  const put = (bytes: Uint8Array, expected?: Digest): BlobInfo => {
    const digest = parseDigest(createHash("sha256").update(bytes).digest("hex"));
    if (expected !== undefined && expected !== digest) {
      const message = `The bytes have the digest ${digest}, not ${expected} as promised; send them again.`;
      throw new TrackerError("precondition", message, { expected, digest });
    }
    blobs.set(digest, { bytes, modifiedAt: clock.now() });
    return { digest, size: bytes.length };
  };
  const find = (digest: Digest): BlobInfo | undefined => {
    const blob = blobs.get(digest);
    return blob && { digest, size: blob.bytes.length };
  };
  const touch = (digest: Digest): BlobInfo | undefined => {
    const blob = blobs.get(digest);
    if (blob !== undefined) blob.modifiedAt = clock.now();
    return find(digest);
  };
  const getUpload = (id: string): Upload => {
    const upload = uploads.get(checkId(id));
    if (upload !== undefined) return upload;
    throw notFound(`No upload has the id '${id}'.`, { upload: id });
  };
  const state = (id: string, { bytes, size, createdAt }: Upload): UploadState => ({
    id,
    received: bytes.length,
    size,
    createdAt,
  });

  return Object.freeze({
    async write(source: AsyncIterable<Uint8Array>, expected?: Digest) {
      return put(joined(await gather(source)), expected);
    },
    find: async (digest: Digest) => find(digest),
    touch: async (digest: Digest) => touch(digest),
    async *read(digest: Digest, range?: { start: number; end: number }) {
      const blob = blobs.get(digest);
      if (blob === undefined) throw notFound(`The server has no bytes with the digest ${digest}.`, { digest });
      const part = blob.bytes.slice(Math.max(range?.start ?? 0, 0), Math.max(range?.end ?? blob.bytes.length, 0));
      if (part.length > 0) yield part;
    },

    async openUpload(id: string, size: number | null, at: number) {
      if (uploads.has(checkId(id))) throw conflict(`There is an upload with the id '${id}' already.`, { upload: id });
      if (size !== null && !(Number.isSafeInteger(size) && size >= 0)) {
        throw invalid(`The size of an upload is a whole number of bytes, not ${size}.`, { size });
      }
      const upload = { bytes: new Uint8Array(), size, createdAt: at, touchedAt: clock.now(), finished: null };
      uploads.set(id, upload);
      return state(id, upload);
    },
    async findUpload(id: string) {
      const upload = uploads.get(checkId(id));
      return upload && state(id, upload);
    },
    async continueUpload(id: string, offset: number, source: AsyncIterable<Uint8Array>) {
      const before = getUpload(id).bytes.length;
      checkOffset(id, getUpload(id), offset);
      const parts: Uint8Array[] = [];
      const broken = await gather(source, parts).then(
        () => null,
        (error: unknown) => ({ error }),
      );
      const upload = getUpload(id);
      checkOffset(id, upload, offset);
      const bytes = joined([upload.bytes, ...parts]);
      if (upload.size !== null && bytes.length > upload.size) {
        const message = `Upload '${id}' was opened for ${upload.size} bytes, and more came; this part was not kept.`;
        throw new TrackerError("precondition", message, { upload: id, size: upload.size, received: before });
      }
      upload.bytes = bytes;
      upload.touchedAt = clock.now();
      if (broken !== null) throw broken.error;
      return state(id, upload);
    },
    async finishUpload(id: string, expected?: Digest) {
      const upload = getUpload(id);
      const { bytes, size, finished } = upload;
      if (finished !== null) {
        const blob = touch(finished);
        if (blob !== undefined && (expected === undefined || expected === finished)) return blob;
        throw notFound(`Upload '${id}' was finished before, and its bytes are no longer kept.`, { upload: id });
      }
      if (size !== null && size !== bytes.length) {
        const message = `Upload '${id}' has ${bytes.length} of the ${size} bytes it was opened for; send the rest first.`;
        throw new TrackerError("precondition", message, { upload: id, received: bytes.length, size });
      }
      const blob = put(bytes, expected);
      upload.finished = blob.digest;
      return blob;
    },
    async *readUpload(id: string) {
      const { bytes, finished } = getUpload(id);
      if (finished !== null) throw conflict(`Upload '${id}' is finished.`, { upload: id });
      if (bytes.length > 0) yield bytes;
    },
    async abortUpload(id: string) {
      uploads.delete(checkId(id));
    },

    async *list() {
      for (const digest of [...blobs.keys()].sort()) {
        const blob = blobs.get(digest);
        if (blob !== undefined) yield { digest, size: blob.bytes.length, modifiedAt: blob.modifiedAt };
      }
    },
    async *strays(): AsyncGenerator<BlobDamage> {},
    async check(digest: Digest, size: number): Promise<BlobDamage | null> {
      const blob = blobs.get(digest);
      if (blob === undefined)
        return { digest, problem: "missing", message: `Blob ${digest} (${size} bytes) is missing.` };
      if (blob.bytes.length === size) return null;
      const message = `Blob ${digest} has ${blob.bytes.length} bytes, but a file says that it has ${size}.`;
      return { digest, problem: blob.bytes.length < size ? "truncated" : "altered", message };
    },
    async remove(digest: Digest, before: number) {
      const blob = blobs.get(digest);
      return blob !== undefined && blob.modifiedAt < before && blobs.delete(digest);
    },
    async sweepUploads(before: number) {
      let count = 0;
      let bytes = 0;
      for (const [id, upload] of uploads) {
        if (upload.touchedAt >= before) continue;
        uploads.delete(id);
        count += upload.finished === null ? 1 : 0;
        bytes += upload.finished === null ? upload.bytes.length : 0;
      }
      return { count, bytes };
    },
  });
}

function checkId(id: string): string {
  if (/^[\w-]{1,64}$/.test(id)) return id;
  throw invalid(`An upload id is 1 to 64 letters, digits, '_' or '-', not '${clip(id)}'.`, { upload: clip(id) });
}

function checkOffset(id: string, { bytes, finished }: Upload, offset: number): void {
  if (finished !== null) throw conflict(`Upload '${id}' is finished.`, { upload: id });
  if (offset === bytes.length) return;
  const message = `Upload '${id}' has received ${bytes.length} bytes, so the next part starts there, not at ${offset}.`;
  throw conflict(message, { upload: id, received: bytes.length });
}

async function gather(source: AsyncIterable<Uint8Array>, parts: Uint8Array[] = []): Promise<Uint8Array[]> {
  for await (const chunk of source) parts.push(chunk.slice());
  return parts;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
