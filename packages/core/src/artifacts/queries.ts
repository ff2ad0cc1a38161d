import type { Digest } from "../ids.ts";
import { checkItems, checkWhole } from "../limits.ts";
import type { Page } from "../page.ts";
import type { ReadContext } from "../store/context.ts";
import type { Artifact, ArtifactEntry } from "./artifact.ts";
import { checkFree, currentFile, currentFiles, toArtifact } from "./files.ts";
import { type ListFolder, listFolder } from "./list.ts";
import { parseArtifactPath } from "./path.ts";
import { writableTree } from "./writable.ts";

const MAX_NAMED = 10_000;

/** A blob that some file names, with the size that the file says. */
export interface NamedBlob {
  readonly digest: Digest;
  readonly size: number;
}

export const artifactQueries = {
  /** Direct children of a folder; empty for a file's path, or where nothing is. */
  "artifacts.list"({ tx }: ReadContext, input: ListFolder): Page<ArtifactEntry> {
    return listFolder(tx, input);
  },

  /** Every file of a tree that stands now, by path (code points), with its digest: a page of its manifest. */
  "artifacts.manifest"(
    { tx }: ReadContext,
    { tree, after, limit }: { readonly tree: string; readonly after: string | null; readonly limit: number },
  ): Page<Artifact> {
    checkWhole("The limit of a list", limit, 1, MAX_NAMED);
    const items: Artifact[] = [];
    for (const row of currentFiles(tx, tree, after === null ? {} : { after })) {
      if (items.length === limit) return { items, next: items.at(-1)?.path ?? null };
      items.push(toArtifact(row));
    }
    return { items, next: null };
  },

  /** The file that stands at the path; or the revision asked for, though it may be removed. */
  "artifacts.find"(
    { tx }: ReadContext,
    { tree, path, revision }: { readonly tree: string; readonly path: string; readonly revision?: number | undefined },
  ): Artifact | undefined {
    const row = revision === undefined ? currentFile(tx, tree, path) : tx.get("files", tree, path, revision);
    return row === undefined ? undefined : toArtifact(row);
  },

  /** All revisions of a path, oldest first, those of a removed file too. */
  "artifacts.revisions"(
    { tx }: ReadContext,
    { tree, path }: { readonly tree: string; readonly path: string },
  ): readonly Artifact[] {
    return tx.list("files", { prefix: [tree, path] }).map(toArtifact);
  },

  /** Refuses just as `artifacts.put` would now: asked before bytes are taken in, so that none are sent in vain. */
  "artifacts.writable"(
    { tx }: ReadContext,
    { tree, path }: { readonly tree: string; readonly path: string },
  ): { readonly revision: number } {
    const parsed = parseArtifactPath(path);
    writableTree(tx, tree);
    const current = currentFile(tx, tree, parsed);
    if (current === undefined) checkFree(tx, tree, parsed);
    return { revision: current?.revision ?? 0 };
  },

  /** Those of the digests that some file still names, be it an old revision. */
  "blobs.referenced"({ tx }: ReadContext, { digests }: { readonly digests: readonly Digest[] }): readonly Digest[] {
    checkItems("digests", digests.length);
    return digests.filter(
      (digest) => tx.pick("files", ["digest"], { index: "byDigest", prefix: [digest], limit: 1 }).length > 0,
    );
  },

  /** Some of the files that name a blob, for a message that says what a damage means. */
  "blobs.files"(
    { tx }: ReadContext,
    { digest, limit }: { readonly digest: Digest; readonly limit: number },
  ): readonly { readonly tree: string; readonly path: string; readonly revision: number }[] {
    checkWhole("The limit of a list", limit, 1, MAX_NAMED);
    return tx.pick("files", ["tree", "path", "revision"], { index: "byDigest", prefix: [digest], limit });
  },

  /** Every blob that a file names, by digest, each once. */
  "blobs.named"(
    { tx }: ReadContext,
    { after, limit }: { readonly after: string | null; readonly limit: number },
  ): Page<NamedBlob> {
    checkWhole("The limit of a list", limit, 1, MAX_NAMED);
    const rows = tx.pick("files", ["digest", "size"], {
      index: "byDigest",
      prefix: [],
      ...(after === null ? {} : { after }),
      limit,
    });
    const named = new Map(rows.map(({ digest, size }) => [digest, { digest: digest as Digest, size }]));
    // The cursor is the digest, so the next page starts behind all rows of the last one, though this one saw only some.
    return { items: [...named.values()], next: rows.length < limit ? null : (rows.at(-1)?.digest ?? null) };
  },
};
