import { chooser } from "@cairn/client";
import type { Artifact } from "@cairn/core";

export const fileSorts = ["name", "mod", "size"] as const;
export type FileSort = (typeof fileSorts)[number];

/** A file, or a folder with what is in it. */
export interface Row {
  /** Whole path. */
  readonly path: string;
  /** What is shown of it: the last name, or what is below the folder that is looked at. */
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: number;
  /** Of a folder: the newest in it. */
  readonly at: number;
  /** How many files it stands for: 1 for a file. */
  readonly files: number;
  readonly file: Artifact | undefined;
}

export interface Listing {
  /** "" the top. */
  readonly folder: string;
  /** As `cairn scan --include`: over the whole path, `*` crosses folders, alternatives by `|`. "" chooses all. */
  readonly glob: string;
  readonly sort: FileSort;
  readonly isDescending: boolean;
}

/**
 * What a folder has: its folders and files, or, where a glob is given, all files below it that the glob chooses. Folders come
 * first; what is equal in the order stands by name.
 */
export function listFolder(files: readonly Artifact[], { folder, glob, sort, isDescending }: Listing): readonly Row[] {
  const before = folder === "" ? "" : `${folder}/`;
  const below = files.filter(({ path }) => path.startsWith(before));
  const rows =
    glob.trim() === "" ? children(below, before) : below.filter(chosenBy(glob)).map((file) => rowOf(file, before));
  const direction = isDescending ? -1 : 1;
  return rows.toSorted(
    (a, b) => Number(b.isFolder) - Number(a.isFolder) || direction * compare(a, b, sort) || byName(a, b),
  );
}

function chosenBy(glob: string): (file: Artifact) => boolean {
  const isChosen = chooser({ include: glob.trim() });
  return ({ path }) => isChosen(path);
}

function children(below: readonly Artifact[], before: string): readonly Row[] {
  const folders = new Map<string, { size: number; at: number; files: number }>();
  const rows: Row[] = [];
  for (const file of below) {
    const slash = file.path.indexOf("/", before.length);
    if (slash < 0) {
      rows.push(rowOf(file, before));
      continue;
    }
    const path = file.path.slice(0, slash);
    const folder = folders.get(path) ?? { size: 0, at: 0, files: 0 };
    folder.size += file.size;
    folder.at = Math.max(folder.at, file.at);
    folder.files++;
    folders.set(path, folder);
  }
  for (const [path, facts] of folders) {
    rows.push({ path, name: path.slice(before.length), isFolder: true, ...facts, file: undefined });
  }
  return rows;
}

function rowOf(file: Artifact, before: string): Row {
  const { path, size, at } = file;
  return { path, name: path.slice(before.length), isFolder: false, size, at, files: 1, file };
}

function compare(a: Row, b: Row, sort: FileSort): number {
  return sort === "name" ? byName(a, b) : sort === "size" ? a.size - b.size : a.at - b.at;
}

function byName(a: Row, b: Row): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** The MD5 that clients of the file centre put beside a file; undefined where nobody did. */
export function md5Of({ descriptor }: Pick<Artifact, "descriptor">): string | undefined {
  return /^md5:([0-9a-f]{32})$/.exec(descriptor ?? "")?.[1];
}
