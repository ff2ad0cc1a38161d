import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { invalid, type Json } from "@cairn/core";
import { ModelExperimentBaseError } from "./errors.ts";

/** The folder of one training's outputs. */
export interface OutputFolder {
  /** Where the training writes. */
  readonly path: string;
  /** Where they lie in the end. */
  readonly place: string;
  /** Puts them there, and takes away the folders that they replace. */
  keep(replaced?: readonly Json[]): Promise<void>;
  /** As if there had been no training. */
  drop(): Promise<void>;
}

/** @throws invalid for a name that would lead out of the folder above. */
export function checkFolderName(name: string): string {
  if (typeof name !== "string" || name.trim() === "" || /[/\\\0]/.test(name) || name === "." || name === "..") {
    throw invalid(`A model's name names a folder, so it has no slash and is not '.' or '..'; this one is '${name}'.`);
  }
  return name;
}

/**
 * Makes `<parent>/<name>`. With `replaces`, the new outputs lie beside the old ones until `keep`.
 * @throws ModelExperimentBaseError when there is such a folder with something in it, which no row accounts for.
 */
export async function makeOutputFolder(parent: string, name: string, replaces: boolean): Promise<OutputFolder> {
  const place = join(parent, checkFolderName(name));
  const path = replaces ? join(parent, `.${name}.${randomUUID().slice(0, 8)}`) : place;
  await mkdir(parent, { recursive: true });
  const isNew = (await mkdir(path, { recursive: true })) !== undefined;
  if (!isNew && (await readdir(path)).length > 0) {
    throw new ModelExperimentBaseError(
      `The folder '${path}' is not empty, and the tracker has no row for it: move it away, or choose another name.`,
      { folder: path },
    );
  }
  return {
    path,
    place,
    async keep(replaced = []) {
      if (path === place) return;
      await rm(place, { recursive: true, force: true });
      await rename(path, place);
      for (const old of replaced) {
        // A tracker is a file that anybody may have written: it does not make us remove what lies elsewhere.
        if (typeof old === "string" && isInside(parent, old) && resolve(old) !== resolve(place)) {
          await rm(old, { recursive: true, force: true });
        }
      }
    },
    drop: async () => {
      await rm(path, { recursive: true, force: true });
      if (!isNew) await mkdir(path);
    },
  };
}

/** For what is not kept at all: a folder that goes in the end, unless the caller named one. */
export async function makeDebugFolder(named: string | undefined): Promise<OutputFolder> {
  const path = named ?? (await mkdtemp(join(tmpdir(), "cairn-debug-")));
  await mkdir(path, { recursive: true });
  const drop = async (): Promise<void> => {
    if (named === undefined) await rm(path, { recursive: true, force: true });
  };
  return { path, place: path, keep: drop, drop };
}

/** Directly below the parent: where every folder of an experiment lies. */
function isInside(parent: string, path: string): boolean {
  const way = relative(resolve(parent), resolve(path));
  return way !== "" && way !== ".." && !way.includes(sep) && dirname(resolve(path)) === resolve(parent);
}
