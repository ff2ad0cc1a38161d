import { type BigIntStats, constants } from "node:fs";
import { type FileHandle, lstat, open, readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  type ArtifactContent,
  type ArtifactEntry,
  type ArtifactPath,
  checkListing,
  clip,
  compareText,
  entryKey,
  type Page,
  parseArtifactPath,
} from "@cairn/core";
import { exactly } from "../disk/exactly.ts";
import { readFile } from "../disk/read-file.ts";
import { isMissing } from "../disk/storage-error.ts";
import { toldEach } from "../disk/told.ts";

import { clamp } from "./clamp.ts";
import { type Locate, leaves, namesOf, type Resolved, resolveBelow } from "./resolve.ts";

/** Writes that are not whole yet, directly below the root; no tree shows it. */
export const TEMPORARY = ".cairn-tmp";

export interface PlainFolder {
  /** The root without links. Undefined while there is none. */
  root(): Promise<string | undefined>;
  /** The names from the root to a path of a tree. Undefined for a tree that lies elsewhere. */
  names(tree: string, path: string): Promise<string[] | undefined>;
  resolve(tree: string, path: string): Promise<Resolved | undefined>;
}

/** Files of trees that lie as they are below one root. What both plain trees share: finding and reading. */
export function plainFolder({ root, locate }: { readonly root: string; readonly locate: Locate }): PlainFolder {
  const self: PlainFolder = {
    async root() {
      try {
        return await realpath(root);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async names(tree, path) {
      const location = await locate(tree);
      if (location === undefined) return undefined;
      const names = [...namesOf(root, location), ...(path === "" ? [] : path.split("/"))];
      if (names[0] === TEMPORARY) throw leaves(TEMPORARY);
      return names;
    },
    async resolve(tree, path) {
      const names = await self.names(tree, path);
      const top = await self.root();
      if (names === undefined || top === undefined) return undefined;
      const found = await resolveBelow(top, names);
      return found.rest.length === 0 ? found : undefined;
    },
  };
  return self;
}

/** The direct children of a folder. Links that lead out, and what is neither file nor folder, are not shown. */
export async function listPlain(
  folder: PlainFolder,
  tree: string,
  path: ArtifactPath | "",
  options: { readonly after?: string | null; readonly limit?: number } = {},
): Promise<Page<ArtifactEntry>> {
  const limit = checkListing({ folder: path, ...options });
  const found = await folder.resolve(tree, path);
  const top = await folder.root();
  if (found === undefined || top === undefined || !found.stats.isDirectory()) return { items: [], next: null };
  const { after = null } = options;
  const entries: (ArtifactEntry & { readonly at: string })[] = [];
  for (const entry of await readdir(found.path, { withFileTypes: true })) {
    if (found.path === top && entry.name === TEMPORARY) continue;
    const own = path === "" ? entry.name : `${path}/${entry.name}`;
    if (!isName(own)) continue;
    const kind = entry.isSymbolicLink() ? await kindOf(top, found.path, entry.name) : entry;
    if (kind === undefined || !(kind.isFile() || kind.isDirectory())) continue;
    const item = { path: own, isFolder: kind.isDirectory(), size: 0, at: join(found.path, entry.name) };
    if (after === null || compareText(entryKey(item), after) > 0) entries.push(item);
  }
  entries.sort((a, b) => compareText(entryKey(a), entryKey(b)));
  const page = entries.slice(0, limit);
  const last = page.at(-1);
  const items = await Promise.all(page.map(sized));
  return {
    items: items.filter((item) => item !== undefined),
    next: entries.length > limit && last !== undefined ? entryKey(last) : null,
  };
}

async function sized({ path, isFolder, at }: ArtifactEntry & { readonly at: string }) {
  if (isFolder) return { path, isFolder, size: 0 };
  const stats = await stat(at).catch(() => undefined);
  return stats && { path, isFolder, size: stats.size };
}

function isName(path: string): boolean {
  try {
    return parseArtifactPath(path) === path;
  } catch {
    return false;
  }
}

async function kindOf(top: string, folder: string, name: string) {
  const names = folder === top ? [name] : [...folder.slice(top.length + 1).split(/[/\\]/), name];
  const found = await resolveBelow(top, names).catch(() => undefined);
  return found?.rest.length === 0 ? found.stats : undefined;
}

/** The file at a path; its bytes are held to the size told here. */
export async function findPlain(
  folder: PlainFolder,
  tree: string,
  path: ArtifactPath,
): Promise<ArtifactContent | undefined> {
  const found = await folder.resolve(tree, path);
  if (!found?.stats.isFile()) return undefined;
  const stats = await lstat(found.path, { bigint: true });
  const size = Number(stats.size);
  return {
    path,
    size,
    // Neither a digest nor a version is known: size and time to the nanosecond, as web servers do.
    tag: `${stats.size.toString(16)}-${stats.mtimeNs.toString(16)}`,
    contentType: null,
    modifiedAt: Math.round(Number(stats.mtimeNs / 1000n) / 1000),
    read(range) {
      const { start, end } = clamp(size, range);
      const bytes = readFile(() => openSame(found.path, stats), { start, end });
      return toldEach("The file could not be read", exactly(bytes, end - start, `'${clip(path)}'`));
    },
  };
}

/** Opens what was found and nothing else: should the path lead elsewhere by now (a link was put there), it is refused. */
async function openSame(path: string, expected: BigIntStats): Promise<FileHandle> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags);
  try {
    const { dev, ino } = await file.stat({ bigint: true });
    if (dev !== expected.dev || ino !== expected.ino || (await realpath(path)) !== path) throw leaves(path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}
