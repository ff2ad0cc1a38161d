import {
  type ArtifactPath,
  type ArtifactStore,
  type BlobStore,
  clip,
  type Digest,
  invalid,
  TrackerError,
  type WriteOptions,
} from "@cairn/core";
import { createLocks } from "../disk/locks.ts";
import { told } from "../disk/told.ts";
import { findPlain, listPlain, plainFolder } from "./plain.ts";
import { removePlain } from "./plain-remove.ts";
import { writePlain } from "./plain-write.ts";
import type { Locate } from "./resolve.ts";

const READ = "The files could not be read";

/**
 * Plain files below `root`, as other programs expect them. A file is written aside, flushed and renamed, so a reader sees
 * it whole or not at all. No revisions: new content replaces the old. Content type and descriptor are not kept.
 * A link is followed only if it ends below the root again; a link at the path itself is replaced or removed.
 *
 * @param options.root made at the first write.
 * @param options.locate where a tree lies; what it answers must be below `root` (`forbidden` else).
 * @param options.blobs where `link` copies from; without it, `link` is `unsupported`.
 */
export function directoryTree(options: {
  readonly root: string;
  readonly locate: Locate;
  readonly blobs?: BlobStore;
}): ArtifactStore {
  const { root, blobs } = options;
  const folder = plainFolder(options);
  // A write makes folders that a removal takes away when they are empty: one at a time.
  const locks = createLocks();

  const namesOf = async (tree: string, path: ArtifactPath): Promise<string[]> => {
    const names = await folder.names(tree, path);
    if (names !== undefined) return names;
    throw invalid(`The files of '${clip(tree)}' are not kept in this folder.`, { tree: clip(tree) });
  };

  const write: ArtifactStore["write"] = async (tree, path, bytes, { author, at }) => {
    const target = { root, names: await namesOf(tree, path), path };
    const inTurn = <T>(task: () => Promise<T>) => locks.run(root, task);
    const blob = await told("The file could not be stored", () => writePlain(target, bytes, inTurn));
    return { path, revision: 1, ...blob, contentType: null, descriptor: null, author, at };
  };

  return Object.freeze({
    capabilities: Object.freeze({ write: true, revisions: false }),

    list: (tree: string, path: ArtifactPath | "", page?: { readonly after?: string | null; readonly limit?: number }) =>
      told(READ, () => listPlain(folder, tree, path, page)),

    find: (tree: string, path: ArtifactPath, revision?: number) =>
      revision === undefined ? told(READ, () => findPlain(folder, tree, path)) : Promise.resolve(undefined),

    write,

    async link(tree: string, path: ArtifactPath, digest: Digest, how: WriteOptions) {
      if (blobs === undefined)
        throw new TrackerError("unsupported", "This folder takes files only as bytes; send them.");
      return (await blobs.touch(digest)) && write(tree, path, blobs.read(digest), how);
    },

    async remove(tree: string, path: ArtifactPath) {
      const names = await namesOf(tree, path);
      const keep = names.length - path.split("/").length;
      const task = async () => {
        const top = await folder.root();
        return top === undefined ? 0 : removePlain(top, names, keep);
      };
      return told("The files could not be removed", () => locks.run(root, task));
    },

    async clear(tree: string) {
      const names = await folder.names(tree, "");
      const task = async () => {
        const top = await folder.root();
        if (top === undefined || names === undefined || names.length === 0) return;
        // With the run's own folder, if nothing else is in it.
        await removePlain(top, names, names.length - 2);
      };
      return () => told("The files could not be removed", () => locks.run(root, task));
    },
  });
}
