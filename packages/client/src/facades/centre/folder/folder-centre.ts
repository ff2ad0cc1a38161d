import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { notFound } from "@cairn/core";
import { explainFileError } from "../../../local-file.ts";
import { removeStale } from "../disk.ts";
import { pipeName } from "../names.ts";
import type { Centre, CentreVersion } from "../port.ts";
import { comparePaths, walkFolder } from "../walk.ts";
import { configFile } from "./config-file.ts";
import { folderFiles } from "./folder-files.ts";

/**
 * A centre that is a folder: `cfg.json`, and `files/<model>/<model>-v<version>/` with the files as they are. It needs no
 * server; several processes of one machine may use it at a time.
 *
 * @param path made when the first model is registered
 */
export function folderCentre(path: string): Centre {
  const root = resolve(path);
  const config = configFile(root);
  const repoOf = (model: string) => join(root, "files", model);
  const dirOf = (model: string, version: string) => join(repoOf(model), pipeName(model, version));

  const infoOf = async (model: string, version: string): Promise<CentreVersion> => {
    const dir = dirOf(model, version);
    const { birthtimeNs } = await stat(dir, { bigint: true });
    const files = await walkFolder(dir);
    let bytes = 0;
    for (const { file } of files) bytes += (await stat(file)).size;
    const createdAt = Number(birthtimeNs) / 1e6;
    return { model, version, dir: `${dir}/`, state: "draft", createdAt, files: files.length, bytes };
  };

  const versionNames = async (model: string): Promise<string[]> => {
    const start = pipeName(model, "");
    const entries = await readdir(repoOf(model), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw explainFileError(error, `Cannot read the centre '${root}'`);
    });
    return entries
      .filter((entry) => entry.isDirectory() && entry.name.startsWith(start) && entry.name.length > start.length)
      .map(({ name }) => name.slice(start.length));
  };

  const filesOf = async (model: string, version: string) =>
    folderFiles({
      root,
      dir: dirOf(model, version),
      filedb: join(repoOf(model), ".filedb.json"),
      info: await infoOf(model, version),
    });

  return Object.freeze<Centre>({
    kind: "folder",
    root,
    findProfile: config.find,
    profiles: config.profiles,
    register: async (model, visibility) => {
      const known = await config.find(model);
      if (known !== undefined && (visibility === undefined || known.visibility === visibility)) return known;
      try {
        await mkdir(repoOf(model), { recursive: true });
      } catch (error) {
        throw explainFileError(error, `Cannot make a centre at '${root}'`);
      }
      return config.put(model, (old) => ({
        key: old?.key || randomUUID(),
        visibility: visibility ?? old?.visibility ?? "private",
      }));
    },
    versions: async (model) => {
      const infos = await Promise.all((await versionNames(model)).map((version) => infoOf(model, version)));
      return infos.sort((a, b) => a.createdAt - b.createdAt || comparePaths(a.version, b.version));
    },
    find: async (model, version) => {
      if ((await config.find(model)) === undefined) return undefined;
      return (await versionNames(model)).includes(version) ? filesOf(model, version) : undefined;
    },
    open: async (model, version) => {
      if ((await config.find(model)) === undefined)
        throw notFound(`No model '${model}' is registered in the centre '${root}'.`, { model });
      try {
        await mkdir(dirOf(model, version), { recursive: true });
        await removeStale(join(root, "tmp"));
      } catch (error) {
        throw explainFileError(error, `Cannot make the version '${version}' of '${model}'`);
      }
      return filesOf(model, version);
    },
    delete: async (model, version) => {
      await rm(dirOf(model, version), { recursive: true, force: true });
    },
  });
}
