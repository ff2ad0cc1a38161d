import type { ArtifactStore } from "../artifacts/port.ts";
import type { CheckWrite, FileTarget } from "../artifacts/target.ts";
import { invalid, notFound, TrackerError } from "../errors.ts";
import { clip, type IdSource, parseDigest } from "../ids.ts";
import { checkWhole } from "../limits.ts";
import type { CheckVersionWrite } from "../models/file-service.ts";
import type { VersionKey } from "../models/version.ts";
import type { ArtifactOptions, FinishUpload, Services } from "../services.ts";
import type { Stamp } from "../store/port.ts";
import { partMethods } from "./parts.ts";
import type { BlobStore } from "./port.ts";

/** What uploads ask of files: to be named at their end. */
export interface UploadTargets {
  readonly checkWrite: CheckWrite;
  readonly link: (target: FileTarget, digest: string, options?: ArtifactOptions) => ReturnType<ArtifactStore["link"]>;
}

/** What they ask of the files of drafts. */
export interface UploadVersions {
  readonly versionFiles: Pick<Services["versionFiles"], "link">;
  readonly checkWrite: CheckVersionWrite;
}

/** Uploads in parts: open, continue as often as the line breaks, finish into a file. */
export function uploadService(
  blobs: BlobStore,
  { checkWrite, link }: UploadTargets,
  versions: UploadVersions,
  stamp: () => Stamp,
  ids: IdSource,
): Services["uploads"] {
  const get = async (id: string) => {
    const upload = /^[0-9a-f]{32}$/.test(id) ? await blobs.findUpload(id) : undefined;
    if (upload === undefined)
      throw notFound(`No upload '${clip(id)}' is open; it may have been finished. Open a new one.`, {
        upload: clip(id),
      });
    return upload;
  };
  return {
    open: async (size) =>
      blobs.openUpload(ids.hex(), size === undefined ? null : checkWhole("A size", size, 0), stamp().at),
    get,
    continue: async (id, offset, bytes) => {
      await get(id);
      return blobs.continueUpload(id, checkWhole("An offset", offset, 0), bytes);
    },
    ...partMethods(blobs, stamp, get),
    finish: async (id, { run, checkpoint, model, number, path, digest, ...options }) => {
      const version = versionOf({ run, checkpoint, model, number });
      await get(id);
      const expected = digest === undefined ? undefined : parseDigest(digest);
      const target = { run, checkpoint, path };
      // A finished upload takes no more bytes: what would refuse the file must speak before.
      if (version === undefined) await checkWrite(target, options);
      else await versions.checkWrite(version.model, version.number, path, options);
      const blob = await blobs.finishUpload(id, expected);
      const artifact =
        version === undefined
          ? await link(target, blob.digest, options)
          : await versions.versionFiles.link(version.model, version.number, path, blob.digest, options);
      if (artifact === undefined)
        throw new TrackerError("unavailable", `The bytes of upload '${id}' are gone; send them again.`, { upload: id });
      return artifact;
    },
    abort: async (id) => {
      await get(id);
      // Parts that it may have are nobody's from now on: they take no more bytes, and gc frees them.
      await blobs.abortUpload(id);
    },
  };
}

function versionOf({ run, checkpoint, model, number }: Omit<FinishUpload, "path">): VersionKey | undefined {
  if (model === undefined && number === undefined) return undefined;
  if (model !== undefined && number !== undefined && run === undefined && checkpoint === undefined)
    return { model, number };
  throw invalid("An upload becomes a file of one owner: give 'run', or 'checkpoint', or 'model' and 'number'.");
}
