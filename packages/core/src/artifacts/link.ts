import type { BlobStore } from "../blobs/port.ts";
import type { Digest } from "../ids.ts";
import type { RecordStore, Stamp } from "../store/port.ts";
import type { Artifact } from "./artifact.ts";
import type { PutArtifact } from "./changes.ts";

/**
 * Names bytes that the server has already. Undefined when it lacks them: then they must be sent.
 * The order is what keeps gc from taking the blob in between: touch (the blob is young now, or known to be gone), then
 * name. Nothing else may name a blob that it did not write itself in the same breath, save a rule that copies a name
 * which another row has at that moment (`models/copy-files.ts`).
 *
 * @throws as `artifacts.put`.
 */
export async function linkBlob(
  { records, blobs }: { readonly records: RecordStore; readonly blobs: BlobStore },
  file: Omit<PutArtifact, "digest" | "size"> & { readonly digest: Digest },
  stamp: Stamp,
): Promise<Artifact | undefined> {
  const blob = await blobs.touch(file.digest);
  if (blob === undefined) return undefined;
  return records.write("artifacts.put", { ...file, size: blob.size }, stamp);
}
