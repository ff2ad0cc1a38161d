import type { BlobStore } from "../blobs/port.ts";
import type { Clock } from "../clock.ts";
import type { Digest } from "../ids.ts";
import { checkWhole } from "../limits.ts";
import type { RecordStore } from "../store/port.ts";
import { batches } from "./batches.ts";
import type { GcResult, Progress } from "./finding.ts";

export const GRACE_MS = 3_600_000;
const BATCH = 500;

/**
 * Frees the blobs that no file names, and uploads that nobody went on with, once they are older than `olderThanMs`.
 *
 * Why a blob that gets a name meanwhile survives. Let C be the cutoff, taken before anything is listed. Whoever names a
 * blob makes it young first (at a time T: by its write, or by `touch`) and its naming is acknowledged at N, T < N. A blob
 * is removed at R only if it is older than C at R, and `remove` excludes the others of that digest.
 * 1. T before R, and T ≥ C: `remove` sees a young blob and leaves it.
 * 2. T after R: `touch` finds nothing, so nothing is named; a write puts the bytes there again.
 * 3. T < C: then T lies an hour before this run. If N was before the question which blobs are named, the answer (which
 *    holds all that was acknowledged before it was asked) has it. Else naming took more than an hour after making the
 *    blob young, which no caller does: they do one right after the other, and a change waits for a commit, not for hours.
 * So the hour is not a guess about how long uploads take (their bytes are no blob until they are whole) but a bound on
 * the moment between a blob's birth and its name, and on how far a clock may be set forward meanwhile. Hence it cannot
 * be made shorter.
 */
export async function collectGarbage(
  { records, blobs, clock }: { readonly records: RecordStore; readonly blobs: BlobStore; readonly clock: Clock },
  options: { readonly olderThanMs?: number; readonly onProgress?: (progress: Progress) => void } = {},
): Promise<GcResult> {
  const age = checkWhole("The age from which blobs are freed, in ms,", options.olderThanMs ?? GRACE_MS, GRACE_MS);
  const cutoff = clock.now() - age;
  let freedBlobs = 0;
  let freedBytes = 0;
  let keptYoung = 0;
  let seen = 0;
  for await (const batch of batches(blobs.list(), BATCH)) {
    const digests: Digest[] = batch.map(({ digest }) => digest);
    const named = new Set(await records.read("blobs.referenced", { digests }));
    for (const { digest, size, modifiedAt } of batch) {
      if (named.has(digest)) continue;
      if (modifiedAt < cutoff && (await blobs.remove(digest, cutoff))) {
        freedBlobs += 1;
        freedBytes += size;
      } else {
        keptYoung += 1;
      }
    }
    seen += batch.length;
    options.onProgress?.({ phase: "blobs", done: seen, bytes: freedBytes });
  }
  const uploads = await blobs.sweepUploads(cutoff);
  options.onProgress?.({ phase: "uploads", done: uploads.count, bytes: uploads.bytes });
  return { freedBlobs, freedBytes, freedUploads: uploads.count, freedUploadBytes: uploads.bytes, keptYoung };
}
