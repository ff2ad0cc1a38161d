import { randomBytes } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { conflict, parseArtifactPath } from "@cairn/core";
import { explainFileError } from "../../../local-file.ts";
import { appendFlushed, checkRoom, makePlace, readLocalFile, removeEmptyParents, slicesOf, verified } from "../disk.ts";
import type { CentreVersion, VersionFiles } from "../port.ts";
import { walkFolder } from "../walk.ts";
import { fileDb } from "./file-db.ts";

/** The files of one version in a folder centre. A file comes by way of `tmp/`: what stands in the version is whole. */
export function folderFiles({
  root,
  dir,
  filedb,
  info,
}: {
  readonly root: string;
  readonly dir: string;
  readonly filedb: string;
  readonly info: CentreVersion;
}): VersionFiles {
  const db = fileDb(filedb);
  return Object.freeze<VersionFiles>({
    info,
    list: async () => {
      try {
        return await db(info.version, await walkFolder(dir));
      } catch (error) {
        throw explainFileError(error, `Cannot read the centre '${root}'`);
      }
    },
    async *read(file, start = 0) {
      const place = join(dir, parseArtifactPath(file.path));
      const now = await readLocalFile(place);
      if (now.digest !== file.digest)
        throw conflict(`'${file.path}' has changed in the centre since it was listed; try again.`, { path: file.path });
      yield* slicesOf(place)(start, now.size);
    },
    write: async (file) => {
      const path = parseArtifactPath(file.path);
      const part = join(root, "tmp", randomBytes(12).toString("hex"));
      try {
        await mkdir(join(root, "tmp"), { recursive: true });
        await appendFlushed(part, verified(file.slice(0, file.size), path, file.digest));
        await rename(part, await makePlace(dir, path));
      } catch (error) {
        await rm(part, { force: true });
        throw explainFileError(error, `Cannot store '${path}' in the centre '${root}'`);
      }
    },
    remove: async (path) => {
      try {
        await rm(join(dir, parseArtifactPath(path)));
      } catch (error) {
        throw explainFileError(error, `Cannot delete '${path}' in the centre '${root}'`);
      }
      await removeEmptyParents(dir, path);
    },
    checkRoom: (bytes) => checkRoom(root, bytes),
  });
}
