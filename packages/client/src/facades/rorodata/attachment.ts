import { notFound, type Services, type VersionKey } from "@cairn/core";
import type { Source } from "../../upload.ts";
import { readAll } from "./content.ts";
import { type FileEntry, listFiles } from "./stored-files.ts";

/** A file that belongs to an image. */
export interface Attachment {
  readonly filename: string;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 as 64 hex digits; undefined where it is not known before saving. */
  readonly checksum: string | undefined;
  /** In pieces, as they arrive. */
  read(): AsyncIterable<Uint8Array>;
  bytes(): Promise<Uint8Array>;
  /** As UTF-8. */
  text(): Promise<string>;
}

export async function stagedAttachment(filename: string, source: Source): Promise<Attachment> {
  const read = () => source.slice(0, source.size);
  return attachment({ filename, size: source.size, checksum: await source.digest(), read });
}

/** The files below a folder of a version, named by their paths in it. */
export async function listStored(services: Services, key: VersionKey, folder: string): Promise<Attachment[]> {
  const open = async ({ path, size }: FileEntry): Promise<Attachment> => {
    const content = await services.versionFiles.find(key.model, key.number, path);
    if (content === undefined) throw notFound(`Version ${key.number} of the model has no file '${path}'.`, { path });
    const filename = folder === "" ? path : path.slice(folder.length + 1);
    return attachment({ filename, size, checksum: content.tag, read: () => content.read() });
  };
  const found: Attachment[] = [];
  for (const entry of await listFiles(services, key, folder)) found.push(await open(entry));
  return found;
}

function attachment(facts: Pick<Attachment, "filename" | "size" | "checksum" | "read">): Attachment {
  const bytes = () => readAll(facts.read());
  return Object.freeze({ ...facts, bytes, text: async () => new TextDecoder().decode(await bytes()) });
}
