import { type Artifact, conflict, isTrackerError, type Version } from "@cairn/core";
import { uploadVersionFile } from "../../../upload.ts";
import { verified } from "../disk.ts";
import type { CentreFile, CentreVersion, VersionFiles } from "../port.ts";
import type { CentreServices } from "../services.ts";

/** How many files are asked for at a time. */
const PAGE = 10_000;
/** What a file's descriptor says of its bytes: the server itself knows SHA-256 only. */
const MD5 = /^md5:([0-9a-f]{32})$/;

/** The files of one version on a server. */
export function serverFiles(services: CentreServices, version: Version, info: CentreVersion): VersionFiles {
  const { versionFiles } = services;
  const { model, number } = version;

  const factsOf = ({ path, size, digest, descriptor, at }: Artifact): CentreFile => ({
    path,
    size,
    digest,
    md5: MD5.exec(descriptor ?? "")?.[1] ?? null,
    modifiedAt: at,
  });

  return Object.freeze<VersionFiles>({
    info,
    list: async () => {
      const files: CentreFile[] = [];
      for (let cursor: string | undefined, isMore = true; isMore; isMore = cursor !== undefined) {
        const page = await versionFiles.manifest(model, number, {
          limit: PAGE,
          ...(cursor === undefined ? {} : { cursor }),
        });
        files.push(...page.items.map(factsOf));
        cursor = page.next ?? undefined;
      }
      return files;
    },
    async *read({ path, digest, size }, start = 0) {
      const content = await versionFiles.find(model, number, path);
      if (content?.tag !== digest)
        throw conflict(`'${path}' has changed in the centre since it was listed; try again.`, { path });
      yield* content.read(start === 0 ? undefined : { start, end: size });
    },
    write: async (file, memory) => {
      const { path, digest } = file;
      const source = {
        size: file.size,
        slice: (start: number, end: number) => {
          const bytes = file.slice(start, end);
          // The server holds parts against the digest when all have come.
          return start === 0 && end === file.size ? verified(bytes, path, digest) : bytes;
        },
        digest: async () => digest,
      };
      let stored: Artifact;
      try {
        stored = await uploadVersionFile(services, version, path, source, { descriptor: `md5:${file.md5}` }, memory);
      } catch (error) {
        // Of bytes that had another digest the server says so; by then they are refused.
        if (isTrackerError(error) && error.details["digest"] !== undefined && error.code === "precondition")
          throw changed(path);
        throw error;
      }
      if (stored.digest !== digest) throw changed(path);
    },
    remove: async (path) => {
      await versionFiles.delete(model, number, path);
    },
    checkRoom: async () => {},
  });
}

function changed(path: string): Error {
  return conflict(`'${path}' changed while it was sent, so it was not stored. Try again when nobody writes it.`, {
    path,
  });
}
