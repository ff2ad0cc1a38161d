import { rm } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { type ArtifactPath, invalid, parseArtifactPath } from "@cairn/core";
import { type LocalFile, readLocalFile, removeEmptyParents } from "./disk.ts";
import { type Choice, chooser } from "./patterns.ts";
import { planMoves } from "./plan.ts";
import type { VersionFiles } from "./port.ts";
import { walkFolder } from "./walk.ts";

export interface ImportOptions {
  /** The folder in the version that takes the files, made if need be; its top when left out. */
  readonly subdir?: string | null | undefined;
  /** Takes the originals away, each once the centre has it. */
  readonly move?: boolean | undefined;
}

interface Incoming {
  readonly path: ArtifactPath;
  readonly file: LocalFile;
}

/** Puts files into a version under their own names. @returns their paths there */
export async function importFiles(
  target: VersionFiles,
  files: readonly string[],
  options: ImportOptions = {},
): Promise<string[]> {
  const incoming: Incoming[] = [];
  const seen = new Map<string, string>();
  for (const name of files) {
    const path = placeOf(basename(resolve(name)), options);
    const other = seen.get(path);
    if (other !== undefined)
      throw invalid(`'${other}' and '${name}' would both be '${path}'. Import them into different subdirs.`);
    seen.set(path, name);
    incoming.push({ path, file: await readLocalFile(name) });
  }
  await store(target, incoming, options);
  return incoming.map(({ path }) => path);
}

/** Puts all files of a folder into a version, with their folders. @returns their paths there */
export async function importFolder(
  target: VersionFiles,
  folder: string,
  options: ImportOptions & Choice = {},
): Promise<string[]> {
  const incoming: Incoming[] = [];
  for (const { path, file } of await walkFolder(folder, chooser(options))) {
    incoming.push({ path: placeOf(path, options), file: await readLocalFile(file) });
  }
  await store(target, incoming, options);
  if (options.move === true) {
    const subdir = options.subdir ? `${parseArtifactPath(options.subdir)}/` : "";
    for (const { path } of incoming) await removeEmptyParents(folder, path.slice(subdir.length));
  }
  return incoming.map(({ path }) => path);
}

function placeOf(name: string, { subdir }: ImportOptions): ArtifactPath {
  return parseArtifactPath(subdir == null || subdir === "" ? name : `${parseArtifactPath(subdir)}/${name}`);
}

/** What is there already with the same bytes is not sent again; what has others is replaced. */
async function store(target: VersionFiles, incoming: readonly Incoming[], { move = false }: ImportOptions) {
  const sides = incoming.map(({ path, file: { size, digest } }) => ({ path, size, digest }));
  const { moves } = planMoves(sides, await target.list(), new Map(), "overwrite");
  await target.checkRoom(moves.reduce((sum, { size }) => sum + size, 0));
  const isMoving = new Set(moves.map(({ path }) => path));
  for (const { path, file } of incoming) {
    if (isMoving.has(path)) await target.write({ ...file, path });
    if (move) await rm(file.path);
  }
}
