import type { BlobStore } from "../blobs/port.ts";
import type { Digest } from "../ids.ts";
import type { RecordStore } from "../store/port.ts";
import { batches } from "./batches.ts";
import type { Finding, Progress } from "./finding.ts";

const PAGE = 500;
const FILES_TOLD = 3;

export interface CheckOptions {
  readonly onProgress?: (progress: Progress) => void;
}

interface Parts {
  readonly records: RecordStore;
  readonly blobs: BlobStore;
}

/**
 * Reads everything and yields what is wrong: records that contradict each other, blobs that are missing, cut or altered
 * (every one is hashed again), things that lie about. Blobs without a name are hashed as well, because writing the same
 * bytes again would make use of them. It changes nothing and may run beside writers: what it finds is asked again before
 * it is told, so that a file which was purged meanwhile is no loss.
 */
export async function* checkAll({ records, blobs }: Parts, options: CheckOptions = {}): AsyncGenerator<Finding> {
  yield* checkRecords(records, options);
  yield* checkNamed({ records, blobs }, options);
  yield* checkOrphans({ records, blobs }, options);
  for await (const { digest, message } of blobs.strays())
    yield { severity: "info", kind: "stray", id: digest, message };
}

async function* checkRecords(records: RecordStore, { onProgress }: CheckOptions): AsyncGenerator<Finding> {
  let done = 0;
  for await (const { record, message } of records.check()) {
    done += 1;
    yield { severity: "error", kind: "record", id: record, message };
  }
  onProgress?.({ phase: "records", done, bytes: 0 });
}

async function* checkNamed({ records, blobs }: Parts, { onProgress }: CheckOptions): AsyncGenerator<Finding> {
  let done = 0;
  let bytes = 0;
  let after: string | null = null;
  do {
    const page: { items: readonly { digest: Digest; size: number }[]; next: string | null } = await records.read(
      "blobs.named",
      { after, limit: PAGE },
    );
    for (const { digest, size } of page.items) {
      const damage = await blobs.check(digest, size);
      const files = damage === null ? [] : await records.read("blobs.files", { digest, limit: FILES_TOLD + 1 });
      if (damage !== null && files.length > 0) {
        const message = `${damage.message} It is the content of ${tell(files)}.`;
        yield { severity: "error", kind: "blob", id: digest, message, bytes: size };
      }
      done += 1;
      bytes += size;
      onProgress?.({ phase: "blobs", done, bytes });
    }
    after = page.next;
  } while (after !== null);
}

async function* checkOrphans({ records, blobs }: Parts, { onProgress }: CheckOptions): AsyncGenerator<Finding> {
  let done = 0;
  let bytes = 0;
  for await (const batch of batches(blobs.list(), PAGE)) {
    const named = new Set(await records.read("blobs.referenced", { digests: batch.map(({ digest }) => digest) }));
    for (const { digest, size } of batch) {
      if (named.has(digest)) continue;
      const damage = await blobs.check(digest, size);
      // Gone since it was listed: gc ran beside us.
      if (damage?.problem === "missing") continue;
      if (damage !== null) yield { severity: "error", kind: "blob", id: digest, message: damage.message, bytes: size };
      else {
        const message = `Blob ${digest} (${size} bytes) is named by no file; gc frees it once it is an hour old.`;
        yield { severity: "info", kind: "orphan", id: digest, message, bytes: size };
      }
      done += 1;
      bytes += size;
      onProgress?.({ phase: "orphans", done, bytes });
    }
  }
}

function tell(files: readonly { tree: string; path: string; revision: number }[]): string {
  const told = files.slice(0, FILES_TOLD).map(({ tree, path, revision }) => `${tree}/${path} (revision ${revision})`);
  return files.length > FILES_TOLD ? `${told.join(", ")} and more` : told.join(", ");
}
