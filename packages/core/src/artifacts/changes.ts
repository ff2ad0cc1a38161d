import { parseDigest } from "../ids.ts";
import { checkText, checkWhole } from "../limits.ts";
import type { WriteContext } from "../store/context.ts";
import type { Artifact } from "./artifact.ts";
import { boundsBelow, checkFree, currentFile, currentFiles, lastRevision, toArtifact } from "./files.ts";
import { parseContentType } from "./media.ts";
import { parseArtifactPath } from "./path.ts";
import type { FileRow } from "./rows.ts";
import { writableTree } from "./writable.ts";

export interface PutArtifact {
  readonly tree: string;
  readonly path: string;
  /** Of a blob that was written or touched just now: see BlobStore. */
  readonly digest: string;
  readonly size: number;
  readonly contentType: string | null;
  readonly descriptor: string | null;
}

export const artifactChanges = {
  /**
   * Names a blob: the next revision of the path. The same bytes, type and descriptor as the standing file change nothing.
   * @throws not_found and precondition as `writableTree`; conflict when a folder or file stands in the way.
   */
  "artifacts.put"(context: WriteContext, input: PutArtifact): Artifact {
    const { tx, at, author } = context;
    const path = parseArtifactPath(input.path);
    const file = {
      digest: parseDigest(input.digest),
      size: checkWhole("The size of a file", input.size, 0),
      contentType: input.contentType === null ? null : parseContentType(input.contentType),
      descriptor: input.descriptor === null ? null : checkText("The descriptor of a file", input.descriptor),
    };
    const owner = writableTree(tx, input.tree);
    const last = lastRevision(tx, input.tree, path);
    const standing = last?.removedAt === null ? last : undefined;
    if (standing !== undefined && isSame(standing, file)) {
      owner.written(context, null);
      return toArtifact(standing);
    }
    if (standing === undefined) checkFree(tx, input.tree, path);
    const revision = (last?.revision ?? 0) + 1;
    const row: FileRow = { tree: input.tree, path, revision, ...file, author, at, removedAt: null };
    tx.put("files", row);
    owner.written(context, { files: standing === undefined ? 1 : 0, bytes: file.size - (standing?.size ?? 0) });
    return toArtifact(row);
  },

  /** Takes a file away, or a folder with all below it. Revisions are kept until the run is purged. How many files went. */
  "artifacts.remove"(context: WriteContext, input: { readonly tree: string; readonly path: string }): number {
    const { tx, at } = context;
    const path = parseArtifactPath(input.path);
    const owner = writableTree(tx, input.tree);
    const file = currentFile(tx, input.tree, path);
    let count = 0;
    let bytes = 0;
    for (const row of file === undefined ? currentFiles(tx, input.tree, boundsBelow(path)) : [file]) {
      tx.put("files", { ...row, removedAt: at });
      count += 1;
      bytes += row.size;
    }
    owner.written(context, count === 0 ? null : { files: -count, bytes: -bytes });
    return count;
  },
};

function isSame(row: FileRow, file: Pick<FileRow, "digest" | "contentType" | "descriptor">): boolean {
  return row.digest === file.digest && row.contentType === file.contentType && row.descriptor === file.descriptor;
}
