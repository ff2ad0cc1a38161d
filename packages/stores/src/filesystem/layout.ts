import { join } from "node:path";
import { type Digest, parseDigest } from "@cairn/core";

/** Where things lie below the folder of the blobs: the one place that knows (docs/design/storage-format.md). */
export interface Layout {
  readonly folder: string;
  /** Writes that are not whole yet. */
  readonly temporary: string;
  readonly uploads: string;
  /** The folder `ab` of blobs `ab…`. */
  shard(digest: Digest): string;
  blob(digest: Digest): string;
  upload(id: string): { readonly folder: string; readonly data: string; readonly state: string };
}

export const TEMPORARY = "tmp";
export const UPLOADS = "uploads";
export const shardPattern = /^[0-9a-f]{2}$/;
export const uploadIdPattern = /^[\w-]{1,64}$/;

export function createLayout(folder: string): Layout {
  const shard = (digest: Digest) => join(folder, parseDigest(digest).slice(0, 2));
  return Object.freeze({
    folder,
    temporary: join(folder, TEMPORARY),
    uploads: join(folder, UPLOADS),
    shard,
    blob: (digest: Digest) => join(shard(digest), digest),
    upload: (id: string) => {
      const own = join(folder, UPLOADS, id);
      return { folder: own, data: join(own, "data"), state: join(own, "state") };
    },
  });
}
