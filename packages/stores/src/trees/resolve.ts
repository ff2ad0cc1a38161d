import type { Stats } from "node:fs";
import { lstat, realpath, stat } from "node:fs/promises";
import { basename, isAbsolute, join, relative, sep } from "node:path";
import { clip, TrackerError } from "@cairn/core";
import { errnoOf } from "../disk/storage-error.ts";

/** Where a tree lies: a folder relative to the root, or an absolute one below it. Undefined: the tree lies elsewhere. */
export type Locate = (tree: string) => string | undefined | Promise<string | undefined>;

/** A path as far as it exists, without a link in it. */
export interface Resolved {
  readonly path: string;
  /** What stands at `path`, with links followed. */
  readonly stats: Stats;
  /** Names behind `path` that do not exist. */
  readonly rest: readonly string[];
}

/**
 * Follows names from a root downwards, one by one. A link may be followed if it ends below the root again; one that leads
 * out is refused, whatever stands behind it. So no name can reach what the root does not hold.
 *
 * @param root without links (`realpath`).
 * @throws forbidden for a link that leads out.
 */
export async function resolveBelow(root: string, names: readonly string[]): Promise<Resolved> {
  let path = root;
  let stats = await stat(root);
  for (const [index, name] of names.entries()) {
    const rest = names.slice(index);
    if (!stats.isDirectory()) return { path, stats, rest };
    const next = await step(root, path, name);
    if (next === undefined) return { path, stats, rest };
    ({ path, stats } = next);
  }
  return { path, stats, rest: [] };
}

async function step(root: string, folder: string, name: string): Promise<{ path: string; stats: Stats } | undefined> {
  if (name === "" || name === "." || name === ".." || /[/\\\0]/.test(name)) throw leaves(name);
  const path = join(folder, name);
  const stats = await absent(lstat(path));
  if (stats === undefined) return undefined;
  if (!stats.isSymbolicLink()) return { path, stats };
  const target = await absent(realpath(path));
  if (target === undefined) return undefined;
  if (!isBelow(root, target)) throw leaves(name);
  const found = await absent(stat(target));
  return found && { path: target, stats: found };
}

/** True for the root itself and what lies below it. Both without links. */
export function isBelow(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** The names that lead from the root to a tree's folder. @throws forbidden when it does not lie below the root. */
export function namesOf(root: string, location: string): string[] {
  const path = isAbsolute(location) ? relative(root, location) : location;
  const names = path.split(sep).filter((name) => name !== "" && name !== ".");
  if (isAbsolute(path) || names.includes("..") || path.includes("\0")) throw leaves(location);
  return names;
}

/** The last name alone: where the server keeps its folders is nobody's business. */
export function leaves(path: string): TrackerError {
  const name = basename(path);
  const message = `'${clip(name)}' leads out of the folder that Cairn may use for files, so it is not followed.`;
  return new TrackerError("forbidden", message, { name: clip(name) });
}

/** Undefined where nothing is: no such name, a file in place of a folder, a link in circles, a name no file can have. */
async function absent<T>(task: Promise<T>): Promise<T | undefined> {
  try {
    return await task;
  } catch (error) {
    const code = errnoOf(error);
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP" || code === "ENAMETOOLONG") return undefined;
    throw error;
  }
}
