import { TrackerError } from "../errors.ts";
import { checkItems, checkWhole } from "../limits.ts";
import type { Services, UploadPartInput } from "../services.ts";
import type { Stamp } from "../store/port.ts";
import type { BlobStore, UploadState } from "./port.ts";

const MAX_PARTS = 10_000;

/**
 * Parts of an upload that come side by side. Each is an upload of its own, named `<id>-<part>`, until `join` moves their
 * bytes behind each other. Nothing is remembered between calls but what the blob store keeps, so a restart loses no part.
 */
export function partMethods(
  blobs: BlobStore,
  stamp: () => Stamp,
  get: (id: string) => Promise<UploadState>,
): Pick<Services["uploads"], "writePart" | "join"> {
  const nameOf = (id: string, part: number) => `${id}-${checkWhole("The number of a part", part, 1, MAX_PARTS)}`;

  return {
    writePart: async (id, part, bytes) => {
      const name = nameOf(id, part);
      await get(id);
      await blobs.abortUpload(name);
      await blobs.openUpload(name, null, stamp().at);
      const { received } = await blobs.continueUpload(name, 0, bytes);
      return { part, size: received };
    },

    join: async (id, parts) => {
      const names = checkParts(parts).map(({ part }) => nameOf(id, part));
      const upload = await get(id);
      const found = await Promise.all(names.map((name) => blobs.findUpload(name)));
      if (isJoined(upload, parts, found)) return upload;
      for (const [index, { part, size }] of parts.entries()) {
        const received = found[index]?.received;
        if (received === undefined) throw missing(id, part);
        if (size !== undefined && size !== received) throw otherSize(id, part, size, received);
      }
      if (upload.received > 0) {
        // An earlier join broke off, and may have left half of it.
        await blobs.abortUpload(id);
        await blobs.openUpload(id, upload.size, upload.createdAt);
      }
      const joined = await blobs.continueUpload(id, 0, readAll(blobs, names));
      for (const name of names) await blobs.abortUpload(name);
      return joined;
    },
  };
}

/** An earlier join did it all, and its answer was lost. */
function isJoined(
  { received }: UploadState,
  parts: readonly UploadPartInput[],
  found: readonly (UploadState | undefined)[],
): boolean {
  if (received === 0 || found.some((state) => state !== undefined)) return false;
  return parts.reduce((sum, { size }) => sum + (size ?? Number.NaN), 0) === received;
}

async function* readAll(blobs: BlobStore, names: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const name of names) yield* blobs.readUpload(name);
}

function checkParts(parts: readonly UploadPartInput[]): readonly UploadPartInput[] {
  checkItems("parts", parts.length, MAX_PARTS);
  const twice = parts.find(({ part }, index) => parts.findIndex((other) => other.part === part) < index);
  if (twice === undefined) return parts;
  throw new TrackerError("invalid", `Part ${twice.part} stands twice; name each part once.`, { part: twice.part });
}

function missing(id: string, part: number): TrackerError {
  return new TrackerError("precondition", `Part ${part} of upload '${id}' has not come; send it first.`, {
    upload: id,
    part,
  });
}

function otherSize(id: string, part: number, size: number, received: number): TrackerError {
  const message = `Part ${part} of upload '${id}' has ${received} bytes, not ${size}; send it again.`;
  return new TrackerError("precondition", message, { upload: id, part, received });
}
