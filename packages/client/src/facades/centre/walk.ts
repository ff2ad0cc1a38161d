import { readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { type ArtifactPath, invalid, parseArtifactPath } from "@cairn/core";
import { explainFileError } from "../../local-file.ts";

/** What the centre keeps beside a person's files, in a folder that is synchronised: never a file of theirs. */
export const OWN_FOLDER = ".cairn";

/** A file below a folder. */
export interface Found {
  readonly path: ArtifactPath;
  /** On this machine. */
  readonly file: string;
}

/**
 * All files below a folder, by path (code points), without the centre's own. Links are followed as long as they stay
 * inside.
 * @throws not_found; invalid for a name that no centre can hold, and for a link that leads out or in a circle.
 */
export async function walkFolder(folder: string, isChosen: (path: string) => boolean = () => true): Promise<Found[]> {
  try {
    if (!(await stat(folder)).isDirectory()) throw invalid(`'${folder}' is not a folder.`, { folder });
    const found: Found[] = [];
    await walk({ root: await realpath(folder), folder, isChosen, found }, "", new Set());
    return found.sort((a, b) => comparePaths(a.path, b.path));
  } catch (error) {
    throw explainFileError(error, `Cannot read the folder '${folder}'`);
  }
}

interface Walk {
  readonly root: string;
  readonly folder: string;
  readonly isChosen: (path: string) => boolean;
  readonly found: Found[];
}

async function walk(context: Walk, below: string, above: ReadonlySet<string>): Promise<void> {
  const here = await realpath(join(context.folder, below));
  if (above.has(here)) throw invalid(`'${below}' is a link that leads in a circle. Exclude it or take it away.`);
  const trail = new Set([...above, here]);
  for (const entry of await readdir(here, { withFileTypes: true })) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (path === OWN_FOLDER) continue;
    const file = join(context.folder, path);
    let isFolder = entry.isDirectory();
    let isFile = entry.isFile();
    if (entry.isSymbolicLink()) {
      const target = await realpath(file).catch(() => undefined);
      const info = target === undefined ? undefined : await stat(file);
      isFolder = info?.isDirectory() === true;
      isFile = info?.isFile() === true;
      const isInside = target !== undefined && (target === context.root || target.startsWith(context.root + sep));
      if (!isInside) {
        if (!isFolder && !context.isChosen(path)) continue;
        const why = target === undefined ? "to nothing" : `out of '${context.folder}'`;
        throw invalid(`'${path}' is a link ${why}. Copy what it names, or take the link away.`, { path });
      }
    }
    if (isFolder) await walk(context, path, trail);
    else if (isFile && context.isChosen(path)) context.found.push({ path: parseArtifactPath(path), file });
  }
}

/** By code points, as the server orders paths. */
export function comparePaths(a: string, b: string): number {
  const one = Buffer.from(a);
  return Buffer.compare(one, Buffer.from(b));
}
