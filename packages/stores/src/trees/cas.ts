import {
  type ArtifactContent,
  type ArtifactPath,
  type ArtifactStore,
  type BlobStore,
  clip,
  type Digest,
  linkBlob,
  type RecordStore,
  TrackerError,
  type WriteOptions,
} from "@cairn/core";
import { exactly } from "../disk/exactly.ts";
import { clamp } from "./clamp.ts";

/**
 * The default tree: rows name files, blobs hold their bytes. Equal bytes are stored once, and new content under a path
 * makes a revision. A tree belongs to a run (`run/<id>`) or to a project's loose files (`loose/<id>`).
 */
export function casTree(parts: { readonly records: RecordStore; readonly blobs: BlobStore }): ArtifactStore {
  const { records, blobs } = parts;
  return Object.freeze({
    capabilities: Object.freeze({ write: true, revisions: true }),

    list(
      tree: string,
      folder: ArtifactPath | "",
      options: { readonly after?: string | null; readonly limit?: number } = {},
    ) {
      return records.read("artifacts.list", { tree, folder, ...options });
    },

    async find(tree: string, path: ArtifactPath, revision?: number): Promise<ArtifactContent | undefined> {
      const file = await records.read("artifacts.find", { tree, path, revision });
      if (file === undefined) return undefined;
      const { digest, size } = file;
      const blob = await blobs.find(digest);
      if (blob?.size !== size) throw damaged(path, digest, size, blob?.size);
      return {
        path,
        size,
        tag: digest,
        contentType: file.contentType,
        modifiedAt: file.at,
        read(range?: { readonly start: number; readonly end: number }) {
          const { start, end } = clamp(size, range);
          return exactly(blobs.read(digest, { start, end }), end - start, `'${clip(path)}'`);
        },
      };
    },

    async write(tree: string, path: ArtifactPath, bytes: AsyncIterable<Uint8Array>, options: WriteOptions) {
      // Asked before the bytes are taken in: a deleted run should not cost an hour of uploading. Asked again by the change.
      await records.read("artifacts.writable", { tree, path });
      const { digest, size } = await blobs.write(bytes);
      const { contentType = null, descriptor = null, at, author } = options;
      return records.write("artifacts.put", { tree, path, digest, size, contentType, descriptor }, { at, author });
    },

    link(tree: string, path: ArtifactPath, digest: Digest, options: WriteOptions) {
      const { contentType = null, descriptor = null, at, author } = options;
      return linkBlob(parts, { tree, path, digest, contentType, descriptor }, { at, author });
    },

    remove(tree: string, path: ArtifactPath, at: number) {
      return records.write("artifacts.remove", { tree, path }, { at, author: "" });
    },

    clear: async () => async () => {},
  });
}

function damaged(path: string, digest: string, size: number, found: number | undefined): TrackerError {
  const state = found === undefined ? "are missing" : `are damaged (${found} bytes instead of ${size})`;
  const message = `The bytes of '${clip(path)}' ${state} on the server. Write the file again, or restore it from a backup.`;
  return new TrackerError("unavailable", message, { path: clip(path), digest, size, found: found ?? null });
}
