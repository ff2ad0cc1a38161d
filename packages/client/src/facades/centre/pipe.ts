import { join, resolve } from "node:path";
import { invalid, notFound, parseArtifactPath } from "@cairn/core";
import { type DeleteFiles, deleteFiles } from "./delete-files.ts";
import { type ImportOptions, importFiles, importFolder } from "./import-files.ts";
import { pipeName } from "./names.ts";
import type { Choice } from "./patterns.ts";
import type { Centre, Profile, VersionFiles } from "./port.ts";
import { pullFiles } from "./pull.ts";
import { type PushOptions, pushFiles } from "./push.ts";
import { describeFile, type ScannedFile, type ScanOptions, scanFiles } from "./scan.ts";
import type { Transfer, TransferOptions } from "./transfer.ts";

/** What a pipe's registration says. See `Profile` for what each is. */
export type PipeConfig = Pick<Profile, "filerepo" | "server" | "filereporoot" | "filedb" | "key" | "visibility">;

/**
 * One version of a model in a centre. "Local" in the names of its methods is the centre, as in the seed: a caller's own
 * folder is read by imports and pushes, written by pulls, and touched by nothing else (but `move`).
 */
export interface Pipe {
  /** `<model>-v<version>`. */
  readonly name: string;
  /** Where the version's files are, with a slash at the end. */
  readonly dir: string;
  /** Where the model's versions are. */
  readonly filerepo: string;
  readonly config: PipeConfig;
  /** Puts a file under its own name, in place of one that is there. @returns its path in the version */
  importFile(file: string, options?: ImportOptions): Promise<string>;
  /** As `importFile`; all are read before the first is stored. */
  importFiles(files: readonly string[], options?: ImportOptions): Promise<string[]>;
  /** Puts what a folder holds, with its folders. Files that are there already are replaced, others stay. */
  importDir(folder: string, options?: ImportOptions & Choice): Promise<string[]>;
  /** With `attributes`: the files with their attributes, sorted; and their paths, in the order of the scan. */
  scanLocal(options: ScanOptions & { readonly attributes: true }): Promise<[ScannedFile[], string[]]>;
  scanLocal(options?: ScanOptions & { readonly attributes?: false | undefined }): Promise<string[]>;
  /** Fetches one file to `<folder>/<file>`. @returns where it is on this machine. @throws not_found */
  pullFile(file: string, folder: string, options?: TransferOptions): Promise<string>;
  /** Fetches all files. @returns where they are on this machine, also those that had not changed */
  pullDir(folder: string, options?: TransferOptions): Promise<string[]>;
  /** Sends what has changed in a folder, or one file. */
  push(from: string, options?: PushOptions): Promise<Transfer>;
  /** Fetches what has changed in the centre. */
  pull(folder: string, options?: TransferOptions): Promise<Transfer>;
  /** Deletes files in the centre, never in the caller's folders. @returns the paths that went */
  deleteFilesLocal(options?: DeleteFiles): Promise<string[]>;
}

/** Which version, in which centre. */
export interface PipeAddress {
  readonly centre: Centre;
  readonly model: string;
  readonly version: string;
}

/** The name under which a workspace remembers a version. */
export function memoryName({ centre, model, version }: PipeAddress): string {
  return `${centre.root}#${pipeName(model, version)}`;
}

export function createPipe(address: PipeAddress, profile: Profile, opened: VersionFiles): Pipe {
  const { centre, model, version } = address;
  const { model: _, ...config } = profile;
  const pipe = memoryName(address);

  /** Once the version was deleted, the next import makes it anew. */
  const target = () => centre.open(model, version);
  const existing = async (): Promise<VersionFiles> => {
    const files = await centre.find(model, version);
    if (files !== undefined) return files;
    throw notFound(`Version '${version}' of '${model}' is no longer in the centre ${centre.root}.`, { model, version });
  };

  async function scanLocal(options: ScanOptions & { readonly attributes?: boolean | undefined } = {}) {
    const files = await existing();
    const { sorted, scanned } = await scanFiles(files, options);
    if (options.attributes !== true) return sorted.map(({ path }) => path);
    const described: ScannedFile[] = [];
    for (const file of sorted) described.push(await describeFile(files, file));
    return [described, scanned];
  }

  return Object.freeze<Pipe>({
    name: pipeName(model, version),
    dir: opened.info.dir,
    filerepo: profile.filerepo,
    config: Object.freeze(config),
    importFile: async (file, options) => (await importFiles(await target(), [file], options))[0] ?? "",
    importFiles: async (files, options) => {
      if (!Array.isArray(files)) throw invalid("importFiles takes a list of paths; for one there is importFile.");
      return importFiles(await target(), files, options);
    },
    importDir: async (folder, options) => importFolder(await target(), folder, options),
    scanLocal: scanLocal as Pipe["scanLocal"],
    pullFile: async (file, folder, options) => {
      const path = parseArtifactPath(file);
      const files = await existing();
      const isThere = (await files.list()).some((one) => one.path === path);
      if (!isThere)
        throw notFound(`The centre has no file '${path}' in '${model}' ${version}. See scanLocal().`, { path });
      await pullFiles(files, pipe, folder, { ...options, paths: new Set([path]) });
      return join(resolve(folder), path);
    },
    pullDir: async (folder, options) => {
      const { moved, unchanged, kept } = await pullFiles(await existing(), pipe, folder, options);
      const paths = [...moved.map(({ path }) => path), ...unchanged, ...kept];
      return paths.sort().map((path) => join(resolve(folder), path));
    },
    push: async (from, options) =>
      pushFiles({ pipe, find: () => centre.find(model, version), open: target }, from, options),
    pull: async (folder, options) => pullFiles(await existing(), pipe, folder, options),
    deleteFilesLocal: async (options = {}) => {
      const files = await existing();
      const gone = await deleteFiles(files, options);
      if (gone !== "version") return gone ?? [];
      const paths = (await files.list()).map(({ path }) => path);
      await centre.delete(model, version);
      return paths;
    },
  });
}
