import type { Artifact } from "@cairn/core";
import type { Change } from "./compare-values.ts";

type File = Pick<Artifact, "path" | "size" | "digest">;

export interface ComparedFile {
  readonly path: string;
  readonly before: File | undefined;
  readonly after: File | undefined;
  /** `moved`: the same bytes under another path. */
  readonly change: Change | "moved";
  /** Of a moved file: where its bytes were. */
  readonly from?: string | undefined;
}

/**
 * Two trees of files side by side, by path. Bytes are the same when their digests are. A file that is new, with the bytes
 * of one that is gone, has moved.
 */
export function compareFiles(before: readonly File[], after: readonly File[]): readonly ComparedFile[] {
  const old = new Map(before.map((file) => [file.path, file]));
  const now = new Map(after.map((file) => [file.path, file]));
  const gone = new Map<string, File[]>();
  for (const file of before) {
    if (!now.has(file.path)) gone.set(file.digest, [...(gone.get(file.digest) ?? []), file]);
  }
  const rows: ComparedFile[] = [];
  for (const file of after) {
    const match = old.get(file.path);
    if (match !== undefined) {
      const change = match.digest === file.digest ? "same" : "changed";
      rows.push({ path: file.path, before: match, after: file, change });
      continue;
    }
    const origin = gone.get(file.digest)?.shift();
    rows.push(
      origin === undefined
        ? { path: file.path, before: undefined, after: file, change: "added" }
        : { path: file.path, before: origin, after: file, change: "moved", from: origin.path },
    );
  }
  for (const file of [...gone.values()].flat()) {
    rows.push({ path: file.path, before: file, after: undefined, change: "removed" });
  }
  return rows.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

export interface FileTotals {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly moved: number;
  readonly same: number;
  /** Bytes that both have, stored once. */
  readonly sharedBytes: number;
}

export function countChanges(rows: readonly ComparedFile[]): FileTotals {
  const totals = { added: 0, removed: 0, changed: 0, moved: 0, same: 0, sharedBytes: 0 };
  for (const { change, after } of rows) {
    totals[change]++;
    if (change === "same" || change === "moved") totals.sharedBytes += after?.size ?? 0;
  }
  return totals;
}
