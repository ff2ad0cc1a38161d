import { type ArtifactStore, type BlobStore, clip, parseTree, type RecordStore, TrackerError } from "@cairn/core";
import { casTree, directoryTree } from "@cairn/stores";

/**
 * Artifacts as plain files below `root`, where clients of the foreign wire expect them: a run's in
 * `<experiment>/<run>/artifacts`, a checkpoint's in `<experiment>/models/<checkpoint>/artifacts`, loose ones below the root
 * itself. Loose files share the root with the others, so they may not be written or removed where those stand: that goes
 * by the owner, which may refuse. The files of versions are blobs here too: what is released does not change when
 * somebody edits a folder.
 */
export function plainArtifacts(parts: {
  readonly root: string;
  readonly records: RecordStore;
  readonly blobs: BlobStore;
}): ArtifactStore {
  const { root, records, blobs } = parts;
  const store = directoryTree({ root, blobs, locate: (tree) => locate(records, tree) });
  const versions = casTree({ records, blobs });
  const storeOf = (tree: string) => (parseTree(tree).kind === "version" ? versions : store);
  return Object.freeze({
    capabilities: store.capabilities,
    list: async (tree, folder, options) => storeOf(tree).list(tree, folder, options),
    find: async (tree, path, revision) => storeOf(tree).find(tree, path, revision),
    clear: async (tree) => storeOf(tree).clear(tree),
    write: async (tree, path, bytes, options) => {
      checkLoose(tree, path);
      return storeOf(tree).write(tree, path, bytes, options);
    },
    link: async (tree, path, digest, options) => {
      checkLoose(tree, path);
      return storeOf(tree).link(tree, path, digest, options);
    },
    remove: async (tree, path, at) => {
      checkLoose(tree, path);
      return storeOf(tree).remove(tree, path, at);
    },
  } satisfies ArtifactStore);
}

async function locate(records: RecordStore, tree: string): Promise<string> {
  const owner = parseTree(tree);
  if (owner.kind === "loose") return "";
  if (owner.kind === "checkpoint") {
    const { experiment } = await records.read("checkpoints.info", { id: owner.checkpoint });
    return `${experiment}/models/${owner.checkpoint}/artifacts`;
  }
  if (owner.kind !== "run") throw new Error(`${tree} does not lie among plain files`);
  const { experiment } = await records.read("runs.info", { id: owner.run });
  return `${experiment}/${owner.run}/artifacts`;
}

/** An experiment's folder, and a run's or checkpoint's in it (a file system may ignore case) with all below. */
const owned = /^\d+(?:\/(?:models|(?:models\/m-)?[0-9a-f]{32}(?:\/.*)?))?$/isu;

function checkLoose(tree: string, path: string): void {
  if (parseTree(tree).kind !== "loose" || !owned.test(path)) return;
  throw new TrackerError(
    "forbidden",
    `'${clip(path)}' is where runs and checkpoints keep their files; write and delete those by the run or checkpoint that has them.`,
    { path: clip(path) },
  );
}
