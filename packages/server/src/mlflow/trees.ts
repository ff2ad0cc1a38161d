import {
  type ArtifactContent,
  type ArtifactEntry,
  type ArtifactPath,
  isCheckpointId,
  isRunId,
  isTrackerError,
  type Services,
} from "@cairn/core";
import type { Locations } from "./locations.ts";

/** A place in the artifact proxy: files of a run, a checkpoint or a version, or the loose ones of the project. `path` is within it, "" its root. */
export interface Tree {
  readonly path: ArtifactPath | "";
  /** As an upload's end names whose tree it is: nothing for loose files, null for one that takes no uploads. */
  readonly owner: { readonly run?: string; readonly checkpoint?: string } | null;
  list(): Promise<ArtifactEntry[]>;
  find(): Promise<ArtifactContent | undefined>;
  write(bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** The file or folder at the path, all of it at the root. Nothing there is no error. */
  remove(): Promise<void>;
}

type Files = Pick<Services["files"], "list" | "find" | "write" | "delete">;

export function runTree({ artifacts }: Services, run: string, path: ArtifactPath | ""): Tree {
  return createTree(
    path,
    { run },
    {
      list: (folder, options) => artifacts.list(run, folder, options),
      find: (file) => artifacts.find(run, file),
      write: (file, bytes) => artifacts.write(run, file, bytes),
      delete: (file) => artifacts.delete(run, file),
    },
  );
}

export function checkpointTree({ checkpointFiles }: Services, checkpoint: string, path: ArtifactPath | ""): Tree {
  return createTree(
    path,
    { checkpoint },
    {
      list: (folder, options) => checkpointFiles.list(checkpoint, folder, options),
      find: (file) => checkpointFiles.find(checkpoint, file),
      write: (file, bytes) => checkpointFiles.write(checkpoint, file, bytes),
      delete: (file) => checkpointFiles.delete(checkpoint, file),
    },
  );
}

function versionTree({ versionFiles }: Services, model: number, number: number, path: ArtifactPath | ""): Tree {
  return createTree(path, null, {
    list: (folder, options) => versionFiles.list(model, number, folder, options),
    find: (file) => versionFiles.find(model, number, file),
    write: (file, bytes) => versionFiles.write(model, number, file, bytes),
    delete: (file) => versionFiles.delete(model, number, file),
  });
}

/** Whose files lie at a place in the proxy. `rest` is the path within them, "" for their root. */
export type Owner = (
  | { readonly kind: "run"; readonly run: string }
  | { readonly kind: "checkpoint"; readonly checkpoint: string }
  | { readonly kind: "version"; readonly model: number; readonly number: number }
) & { readonly rest: ArtifactPath | "" };

/** Where the proxy shows the files of a version. */
export function versionRoot(model: number, number: number): string {
  return `model-versions/${model}/${number}/files`;
}

const versionPath = /^model-versions\/(\d{1,15})\/(\d{1,15})\/files(?:\/(.*))?$/s;

/**
 * `<location>/<run id>/artifacts/…` belongs to that run and `<location>/models/<checkpoint id>/artifacts/…` to that
 * checkpoint, the longest such prefix winning, and `versionRoot` to its version. Undefined for all else.
 */
export async function findOwner(services: Services, locations: Locations, path: string): Promise<Owner | undefined> {
  for (const { root, owner, rest } of ownersOf(path)) {
    if ((await locations.proxiedRoot(services, owner)) !== root) continue;
    const within = { rest: rest as ArtifactPath | "" };
    return isCheckpointId(owner)
      ? { kind: "checkpoint", checkpoint: owner, ...within }
      : { kind: "run", run: owner, ...within };
  }
  const [, model, number, rest = ""] = versionPath.exec(path) ?? [];
  if (model === undefined) return undefined;
  const key = { model: Number(model), number: Number(number) };
  const found = await services.versions.list([key]);
  return found.length === 0 ? undefined : { kind: "version", ...key, rest: rest as ArtifactPath };
}

/** What nobody owns is loose. */
export async function findTree(services: Services, locations: Locations, path: ArtifactPath | ""): Promise<Tree> {
  const owner = await findOwner(services, locations, path);
  if (owner === undefined) return createTree(path, {}, services.files);
  if (owner.kind === "run") return runTree(services, owner.run, owner.rest);
  if (owner.kind === "checkpoint") return checkpointTree(services, owner.checkpoint, owner.rest);
  return versionTree(services, owner.model, owner.number, owner.rest);
}

/** What might be an owner's root, the longest first. */
function ownersOf(path: string): { root: string; owner: string; rest: string }[] {
  const owners: { root: string; owner: string; rest: string }[] = [];
  const names = path.split("/");
  for (let index = names.length - 1; index > 0; index--) {
    const owner = names[index - 1] ?? "";
    if (names[index] !== "artifacts" || !(isRunId(owner) || isCheckpointId(owner))) continue;
    owners.push({ root: names.slice(0, index + 1).join("/"), owner, rest: names.slice(index + 1).join("/") });
  }
  return owners;
}

function createTree(path: ArtifactPath | "", owner: Tree["owner"], files: Files): Tree {
  const list = async (folder: string): Promise<ArtifactEntry[]> => {
    const entries: ArtifactEntry[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<Files["list"]>> = await files.list(folder, cursor === null ? {} : { cursor });
      entries.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return entries;
  };
  return {
    path,
    owner,
    list: () => list(path),
    find: async () => (path === "" ? undefined : files.find(path)),
    write: async (bytes) => {
      await files.write(path, bytes);
    },
    remove: async () => {
      const paths = path === "" ? (await list("")).map((entry) => entry.path) : [path];
      for (const one of paths) await removeOne(files, one);
    },
  };
}

async function removeOne(files: Files, path: string): Promise<void> {
  try {
    await files.delete(path);
  } catch (error) {
    if (!isTrackerError(error) || error.code !== "not_found" || error.details["path"] === undefined) throw error;
  }
}
