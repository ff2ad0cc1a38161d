import { invalid } from "../errors.ts";
import { clip } from "../ids.ts";
import { checkWhole } from "../limits.ts";
import type { Page } from "../page.ts";
import type { ReadTx } from "../store/tx.ts";
import type { ArtifactEntry } from "./artifact.ts";
import { boundsBelow, currentFiles, type PathBounds } from "./files.ts";

export interface ListFolder {
  readonly tree: string;
  /** "" = the root. */
  readonly folder: string;
  /** The cursor of the page before. */
  readonly after?: string | null;
  /** 1 … 10 000, 1000 by default. */
  readonly limit?: number;
}

/** What entries are ordered by, and the cursor: the path, a folder's with its `/`. So rows come in the order of entries. */
export function entryKey(entry: ArtifactEntry): string {
  return entry.isFolder ? `${entry.path}/` : entry.path;
}

const DEFAULT_LIST_LIMIT = 1000;
const MAX_LIST_LIMIT = 10_000;

/**
 * The limit of a page of entries: 1 … 10 000, 1000 by default.
 * @throws invalid for a limit out of range, or a cursor of another folder.
 */
export function checkListing({
  folder,
  after,
  limit = DEFAULT_LIST_LIMIT,
}: {
  readonly folder: string;
  readonly after?: string | null;
  readonly limit?: number;
}): number {
  if (after != null && folder !== "" && !after.startsWith(`${folder}/`)) {
    throw invalid(`The cursor '${clip(after)}' is not of the folder '${clip(folder)}'; start without one.`, {
      cursor: clip(after),
    });
  }
  return checkWhole("The limit of a list", limit, 1, MAX_LIST_LIMIT);
}

/**
 * The direct children of a folder, ordered by `entryKey`. A skip scan: a subfolder is read no further than its first
 * file that stands, so the cost follows the page and not what lies below it.
 */
export function listFolder(tx: ReadTx, input: ListFolder): Page<ArtifactEntry> {
  const limit = checkListing(input);
  const base = input.folder === "" ? "" : `${input.folder}/`;
  const items: ArtifactEntry[] = [];
  let bounds: PathBounds | null = startAfter(input.after ?? null, boundsBelow(input.folder));
  while (bounds !== null && items.length <= limit) {
    let jump: PathBounds | null = null;
    for (const row of currentFiles(tx, input.tree, bounds)) {
      const end = row.path.indexOf("/", base.length);
      if (end >= 0) {
        const folder = row.path.slice(0, end);
        items.push({ path: folder, isFolder: true, size: 0 });
        jump = startAfter(`${folder}/`, bounds);
        break;
      }
      items.push({ path: row.path, isFolder: false, size: row.size });
      if (items.length > limit) break;
    }
    bounds = jump;
  }
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return { items: page, next: items.length > limit && last !== undefined ? entryKey(last) : null };
}

function startAfter(key: string | null, { to, ...rest }: PathBounds): PathBounds {
  const end = to === undefined ? {} : { to };
  if (key === null) return { ...rest, ...end };
  return key.endsWith("/") ? { from: `${key.slice(0, -1)}0`, ...end } : { after: key, ...end };
}
