import { conflict } from "../errors.ts";
import { clip, type Digest } from "../ids.ts";
import type { ReadTx } from "../store/tx.ts";
import type { Artifact } from "./artifact.ts";
import type { FileRow } from "./rows.ts";

/** Paths below a folder: from `folder/` up to, not including, `folder0` (in code points `0` comes right after `/`). */
export interface PathBounds {
  readonly from?: string;
  readonly after?: string;
  readonly to?: string;
}

const FIRST_CHUNK = 8;
const LARGEST_CHUNK = 512;

export function boundsBelow(folder: string): PathBounds {
  return folder === "" ? {} : { from: `${folder}/`, to: `${folder}0` };
}

/** The highest revision of a path, removed or not. */
export function lastRevision(tx: ReadTx, tree: string, path: string): FileRow | undefined {
  return tx.list("files", { prefix: [tree, path], reverse: true, limit: 1 })[0];
}

/** The file that stands at a path now. */
export function currentFile(tx: ReadTx, tree: string, path: string): FileRow | undefined {
  const row = lastRevision(tx, tree, path);
  return row === undefined || row.removedAt !== null ? undefined : row;
}

/**
 * Every file that stands within the bounds, by path. Reads in chunks that start small and grow, so that a reader who
 * stops early, or jumps, pays for what it saw. Older revisions cost a look, however many there are.
 */
export function* currentFiles(tx: ReadTx, tree: string, bounds: PathBounds): Generator<FileRow> {
  let rest = bounds;
  for (let limit = FIRST_CHUNK; ; limit = Math.min(limit * 4, LARGEST_CHUNK)) {
    const rows = tx.list("files", { prefix: [tree], ...rest, limit });
    const isCut = rows.length === limit;
    for (const [index, row] of rows.entries()) {
      const next = rows[index + 1];
      if (next?.path === row.path) continue;
      // The chunk may end amid a path's revisions, and only the last one says whether the file stands.
      const last = next === undefined && isCut ? (lastRevision(tx, tree, row.path) ?? row) : row;
      if (last.removedAt === null) yield last;
    }
    const end = rows.at(-1);
    if (end === undefined || !isCut) return;
    rest = { after: end.path, ...(bounds.to === undefined ? {} : { to: bounds.to }) };
  }
}

export function isFolder(tx: ReadTx, tree: string, path: string): boolean {
  return currentFiles(tx, tree, boundsBelow(path)).next().done === false;
}

/** @throws conflict when a folder stands at the path, or a file at one of its parents. */
export function checkFree(tx: ReadTx, tree: string, path: string): void {
  if (isFolder(tx, tree, path)) {
    throw conflict(`'${clip(path)}' is a folder, so no file can have that path; choose another one.`, {
      path: clip(path),
    });
  }
  for (let end = path.indexOf("/"); end >= 0; end = path.indexOf("/", end + 1)) {
    const parent = path.slice(0, end);
    if (currentFile(tx, tree, parent) === undefined) continue;
    throw conflict(`'${clip(parent)}' is a file, so '${clip(path)}' cannot lie below it; choose another path.`, {
      path: clip(path),
      file: clip(parent),
    });
  }
}

export function toArtifact(row: FileRow): Artifact {
  return {
    path: row.path,
    revision: row.revision,
    digest: row.digest as Digest,
    size: row.size,
    contentType: row.contentType,
    descriptor: row.descriptor,
    author: row.author,
    at: row.at,
  };
}
