import { boundsBelow, currentFile, currentFiles } from "../artifacts/files.ts";
import { parseArtifactPath } from "../artifacts/path.ts";
import { versionTree } from "../artifacts/tree.ts";
import { notFound, TrackerError } from "../errors.ts";
import { clip } from "../ids.ts";
import type { WriteContext } from "../store/context.ts";
import type { VersionKey } from "./version.ts";

/** The most files that a version begins with: what the writer can copy without holding up the others for long. */
export const MAX_VERSION_FILES = 100_000;

/** A file by its bytes' digest: a line of a version's manifest. */
export interface ManifestFile {
  readonly path: string;
  readonly digest: string;
  readonly size: number;
  readonly contentType: string | null;
  readonly descriptor: string | null;
}

export interface Copied {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Names the blobs of another tree's folder in a version's tree; no byte moves. They are named there in the same commit
 * that reads who named them before, so gc cannot come in between. A single file in place of the folder is taken by its name.
 *
 * @throws not_found when nothing stands there; too_large for more files than a version may begin with.
 */
export function copyTree(
  context: WriteContext,
  from: { readonly tree: string; readonly folder: string },
  to: VersionKey,
): Copied {
  return putManifest(context, to, filesOf(context, from));
}

/** Puts a manifest whose blobs were written or touched just now. @throws too_large as `copyTree`. */
export function putManifest(context: WriteContext, to: VersionKey, manifest: Iterable<ManifestFile>): Copied {
  const { tx, at, author } = context;
  const tree = versionTree(to);
  let files = 0;
  let bytes = 0;
  for (const { path, digest, size, contentType, descriptor } of manifest) {
    if (++files > MAX_VERSION_FILES) {
      throw new TrackerError(
        "too_large",
        `A version begins with at most ${MAX_VERSION_FILES} files; pack some together.`,
        {
          limit: MAX_VERSION_FILES,
        },
      );
    }
    bytes += size;
    tx.put("files", { tree, path, revision: 1, digest, size, contentType, descriptor, author, at, removedAt: null });
  }
  return { files, bytes };
}

function* filesOf(
  { tx }: WriteContext,
  { tree, folder }: { readonly tree: string; readonly folder: string },
): Generator<ManifestFile> {
  const base = folder === "" ? "" : parseArtifactPath(folder);
  const single = base === "" ? undefined : currentFile(tx, tree, base);
  if (single !== undefined) {
    yield { ...single, path: base.slice(base.lastIndexOf("/") + 1) };
    return;
  }
  let isEmpty = true;
  for (const row of currentFiles(tx, tree, boundsBelow(base))) {
    isEmpty = false;
    yield { ...row, path: base === "" ? row.path : row.path.slice(base.length + 1) };
  }
  if (isEmpty && !tree.startsWith("version/")) throw noFiles(tree, folder);
}

export function noFiles(tree: string, folder: string): Error {
  const where = folder === "" ? "" : ` at '${clip(folder)}'`;
  return notFound(`There are no files${where} in '${clip(tree)}' to make a version of.`, { tree, path: clip(folder) });
}
