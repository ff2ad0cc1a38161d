import { type ArtifactPath, type ArtifactStore, TrackerError } from "@cairn/core";
import { told } from "../disk/told.ts";
import { findPlain, listPlain, plainFolder } from "./plain.ts";
import type { Locate } from "./resolve.ts";

const READ = "The files could not be read";

/**
 * Files that clients wrote by themselves below `root`: shown and read, never written. A link is followed only if it ends
 * below the root again.
 *
 * @param options.locate where a tree lies; what it answers must be below `root` (`forbidden` else).
 */
export function fileRootTree(options: { readonly root: string; readonly locate: Locate }): ArtifactStore {
  const folder = plainFolder(options);
  return Object.freeze({
    capabilities: Object.freeze({ write: false, revisions: false }),
    list: (tree: string, path: ArtifactPath | "", page?: { readonly after?: string | null; readonly limit?: number }) =>
      told(READ, () => listPlain(folder, tree, path, page)),
    find: (tree: string, path: ArtifactPath, revision?: number) =>
      revision === undefined ? told(READ, () => findPlain(folder, tree, path)) : Promise.resolve(undefined),
    write: () => Promise.reject(readOnly()),
    link: () => Promise.reject(readOnly()),
    remove: () => Promise.reject(readOnly()),
    clear: async () => async () => {},
  });
}

function readOnly(): TrackerError {
  const message =
    "These files belong to the clients who write them: the server only reads them. Change them where they lie.";
  return new TrackerError("unsupported", message);
}
