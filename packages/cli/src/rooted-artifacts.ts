import { isAbsolute, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type ArtifactStore, parseTree, type RecordStore } from "@cairn/core";
import { fileRootTree } from "@cairn/stores";

/**
 * Files that clients write by themselves below `root`: those of runs and checkpoints whose experiment's location lies there
 * are shown and read as they stand, and never written. All others are as in `own`; a location anywhere else on this
 * machine shows nothing.
 */
export function rootedArtifacts(parts: {
  readonly root: string;
  readonly records: RecordStore;
  readonly own: ArtifactStore;
}): ArtifactStore {
  const { root, records, own } = parts;
  const locate = (tree: string) => locateBelow(root, records, tree);
  const rooted = fileRootTree({ root, locate });
  const storeOf = async (tree: string) => ((await locate(tree)) === undefined ? own : rooted);
  return Object.freeze({
    capabilities: own.capabilities,
    list: async (tree, folder, options) => (await storeOf(tree)).list(tree, folder, options),
    find: async (tree, path, revision) => (await storeOf(tree)).find(tree, path, revision),
    write: async (tree, path, bytes, options) => (await storeOf(tree)).write(tree, path, bytes, options),
    link: async (tree, path, digest, options) => (await storeOf(tree)).link(tree, path, digest, options),
    remove: async (tree, path, at) => (await storeOf(tree)).remove(tree, path, at),
    clear: async (tree) => (await storeOf(tree)).clear(tree),
  } satisfies ArtifactStore);
}

async function locateBelow(root: string, records: RecordStore, tree: string): Promise<string | undefined> {
  const owner = parseTree(tree);
  if (owner.kind !== "run" && owner.kind !== "checkpoint") return undefined;
  const isRun = owner.kind === "run";
  const id = isRun ? owner.run : owner.checkpoint;
  const { experiment } = await records.read(isRun ? "runs.info" : "checkpoints.info", { id });
  const { location } = await records.read("experiments.get", { id: experiment });
  const folder = location === null ? undefined : folderOf(location);
  if (folder === undefined || !isBelow(root, folder)) return undefined;
  return resolve(folder, isRun ? "" : "models", id, "artifacts");
}

/** The folder of this machine that a location names; undefined for any other. */
function folderOf(location: string): string | undefined {
  if (isAbsolute(location)) return resolve(location);
  try {
    return resolve(fileURLToPath(location));
  } catch {
    return undefined;
  }
}

function isBelow(root: string, folder: string): boolean {
  return folder === root || folder.startsWith(root.endsWith(sep) ? root : root + sep);
}
