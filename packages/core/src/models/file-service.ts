import type { ArtifactEntry } from "../artifacts/artifact.ts";
import { parseContentType } from "../artifacts/media.ts";
import { parseArtifactPath } from "../artifacts/path.ts";
import type { ArtifactStore, WriteOptions } from "../artifacts/port.ts";
import { versionTree } from "../artifacts/tree.ts";
import { notFound } from "../errors.ts";
import { parseDigest } from "../ids.ts";
import { checkText, checkWhole } from "../limits.ts";
import type { Page } from "../page.ts";
import type { ArtifactOptions, Services } from "../services.ts";
import type { RecordStore, Stamp } from "../store/port.ts";
import { checkKey } from "./check.ts";

const MAX_LIST = 10_000;

/** Refuses what a write of these would be refused for, before any byte is spent on it. */
export type CheckVersionWrite = (
  model: number,
  number: number,
  path: string,
  options: ArtifactOptions,
) => Promise<void>;

/** The files of versions: read always, written while the version is a draft. */
export function versionFileService(
  records: RecordStore,
  artifacts: ArtifactStore,
  stamp: () => Stamp,
): { readonly versionFiles: Services["versionFiles"]; readonly checkWrite: CheckVersionWrite } {
  /** The tree of a version that there is: what a deleted one left is not shown while it is taken away. */
  const treeOf = async (model: number, number: number): Promise<string> => {
    const key = checkKey(model, number);
    await records.read("versions.get", key);
    return versionTree(key);
  };
  const writeOptions = (options: ArtifactOptions = {}): WriteOptions => ({
    ...stamp(),
    contentType: options.contentType == null ? null : parseContentType(options.contentType),
    descriptor: options.descriptor == null ? null : checkText("A descriptor", options.descriptor, 1000),
  });
  const versionFiles: Services["versionFiles"] = {
    list: async (model, number, folder = "", options = {}): Promise<Page<ArtifactEntry>> =>
      artifacts.list(await treeOf(model, number), folder === "" ? "" : parseArtifactPath(folder), {
        after: options.cursor ?? null,
        limit: checkWhole("A limit", options.limit ?? 1000, 1, MAX_LIST),
      }),
    manifest: async (model, number, options = {}) =>
      records.read("artifacts.manifest", {
        tree: await treeOf(model, number),
        after: options.cursor ?? null,
        limit: checkWhole("A limit", options.limit ?? 1000, 1, MAX_LIST),
      }),
    find: async (model, number, path) => {
      const parsed = parseArtifactPath(path);
      return artifacts.find(await treeOf(model, number), parsed);
    },
    write: async (model, number, path, bytes, options) =>
      artifacts.write(versionTree(checkKey(model, number)), parseArtifactPath(path), bytes, writeOptions(options)),
    link: async (model, number, path, digest, options) => {
      const key = checkKey(model, number);
      const parsed = parseArtifactPath(path);
      return artifacts.link(versionTree(key), parsed, parseDigest(digest), writeOptions(options));
    },
    delete: async (model, number, path) => {
      const key = checkKey(model, number);
      const parsed = parseArtifactPath(path);
      const count = await artifacts.remove(versionTree(key), parsed, stamp().at);
      if (count > 0) return count;
      throw notFound(`Version ${number} of model ${model} has no file '${parsed}'.`, { ...key, path: parsed });
    },
  };
  return {
    versionFiles,
    checkWrite: async (model, number, path, options) => {
      writeOptions(options);
      const tree = versionTree(checkKey(model, number));
      await records.read("artifacts.writable", { tree, path: parseArtifactPath(path) });
    },
  };
}
