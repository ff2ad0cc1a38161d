import { notFound, type Services, type VersionKey } from "@cairn/core";
import { readAll } from "./content.ts";
import type { StoredFiles } from "./serializers/serializer.ts";

/** Where an image keeps the model, and where what is attached to it. */
export const MODEL_FOLDER = "model";
export const ATTACHMENTS_FOLDER = "attachments";

export interface FileEntry {
  readonly path: string;
  readonly size: number;
}

/** All files below a folder of a version, in the order of their paths within each folder. */
export async function listFiles(services: Services, { model, number }: VersionKey, folder = ""): Promise<FileEntry[]> {
  const found: FileEntry[] = [];
  for (let cursor: string | undefined, isMore = true; isMore; isMore = cursor !== undefined) {
    const options = cursor === undefined ? {} : { cursor };
    const page = await services.versionFiles.list(model, number, folder, options);
    for (const { path, isFolder, size } of page.items) {
      if (isFolder) found.push(...(await listFiles(services, { model, number }, path)));
      else found.push({ path, size });
    }
    cursor = page.next ?? undefined;
  }
  return found;
}

/** The files of a version's model, by their paths in its folder. */
export async function openModelFiles(services: Services, key: VersionKey): Promise<StoredFiles> {
  const entries = await listFiles(services, key, MODEL_FOLDER);
  return {
    paths: entries.map(({ path }) => path.slice(MODEL_FOLDER.length + 1)),
    async bytes(path) {
      const content = await services.versionFiles.find(key.model, key.number, `${MODEL_FOLDER}/${path}`);
      if (content === undefined) throw notFound(`Version ${key.number} of the model has no file '${path}'.`, { path });
      return readAll(content.read());
    },
  };
}
