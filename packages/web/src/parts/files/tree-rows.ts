import type { ArtifactEntry } from "@cairn/core";

/** What is known of a folder's children. */
export interface FolderState {
  readonly entries: readonly ArtifactEntry[];
  readonly hasMore: boolean;
}

export type TreeRow =
  | {
      readonly kind: "entry";
      readonly entry: ArtifactEntry;
      readonly name: string;
      /** 1 at the root. */
      readonly level: number;
      /** Its place among its brothers, from 1, and how many they are: for screen readers. */
      readonly place: number;
      readonly count: number;
      /** Undefined for a file. */
      readonly isOpen: boolean | undefined;
    }
  | { readonly kind: "loading"; readonly folder: string; readonly level: number }
  | { readonly kind: "more"; readonly folder: string; readonly level: number };

/** The visible rows of a tree, top to bottom: the children of each open folder under it. */
export function treeRows(
  folders: ReadonlyMap<string, FolderState>,
  open: ReadonlySet<string>,
  folder = "",
  level = 1,
): readonly TreeRow[] {
  const state = folders.get(folder);
  if (state === undefined) return [{ kind: "loading", folder, level }];
  const { entries, hasMore } = state;
  const rows = entries.toSorted(foldersFirst).flatMap((entry, index): readonly TreeRow[] => {
    const isOpen = entry.isFolder ? open.has(entry.path) : undefined;
    const name = nameOf(entry.path);
    const row: TreeRow = { kind: "entry", entry, name, level, place: index + 1, count: entries.length, isOpen };
    return isOpen === true ? [row, ...treeRows(folders, open, entry.path, level + 1)] : [row];
  });
  return hasMore ? [...rows, { kind: "more", folder, level }] : rows;
}

/** Names with numbers in them go by the numbers: `step-2` before `step-10`. */
const names = new Intl.Collator("en", { numeric: true });

function foldersFirst(a: ArtifactEntry, b: ArtifactEntry): number {
  if (a.isFolder !== b.isFolder) return a.isFolder ? -1 : 1;
  return names.compare(nameOf(a.path), nameOf(b.path)) || (a.path < b.path ? -1 : 1);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folders that must be open for a path to be seen: `a/b/c` → `a`, `a/b`. */
export function foldersAbove(path: string): readonly string[] {
  const names = path.split("/").slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}
