import { createRequire } from "node:module";
import { join } from "node:path";

// Not imported: that reads every property of a part of Node, and some of this one's load others.
const { readFileSync, statSync } = createRequire(import.meta.url)("node:fs");

/** Below the root of the project; git does not know it. */
export const BUILT_FOLDER = join("packages", "cli", "dist");

/**
 * The start of the built program, when it was made of the very sources that lie here; else undefined, and the sources run.
 * Plain JavaScript for the host's Node: the launcher asks with each start, so asking must take a few milliseconds.
 *
 * @param {string} root the project's folder, absolute
 * @returns {string | undefined} an absolute path
 */
export function findBuilt(root) {
  try {
    const folder = join(root, BUILT_FOLDER);
    const { start, sources } = JSON.parse(readFileSync(join(folder, "built.json"), "utf8"));
    // Hundreds of paths that are in order as they are: joining them takes as long as asking for them.
    const isCurrent = Object.entries(sources).every(([path, stamp]) => stampOf(`${root}/${path}`) === stamp);
    return isCurrent && statSync(join(folder, start)).isFile() ? join(folder, start) : undefined;
  } catch {
    // Never built, or a build that lost some of its files.
    return undefined;
  }
}

/**
 * What tells one state of a file from another without reading it.
 *
 * @param {string} file
 * @returns {string}
 * @throws the system's error when there is no such file
 */
export function stampOf(file) {
  const { size, mtimeMs } = statSync(file);
  return `${size} ${mtimeMs}`;
}
