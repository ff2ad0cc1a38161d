import type { Digest } from "../ids.ts";
import type { Page } from "../page.ts";
import type { Artifact, ArtifactContent, ArtifactEntry } from "./artifact.ts";
import type { ArtifactPath } from "./path.ts";

/** What a writer may say about a file, beside its bytes. */
export interface WriteOptions {
  readonly contentType?: string | null;
  readonly descriptor?: string | null;
  readonly author: string;
  readonly at: number;
}

/**
 * Where a run's files stand: manifest rows over blobs (`cas`), or plain files below one root (`directory`), or files that
 * clients wrote by themselves (`file-root`, read only). Trees are named as in `FileRow`: `run/<run id>`, `loose/<project>`.
 */
export interface ArtifactStore {
  readonly capabilities: { readonly write: boolean; readonly revisions: boolean };
  /**
   * Direct children of a folder, in the order of `entryKey` (code points). "" = the root. A file's path, or nothing
   * there: an empty page. `limit`: 1 … 10 000, 1000 by default; `after`: the `next` of the page before.
   */
  list(
    tree: string,
    folder: ArtifactPath | "",
    options?: { after?: string | null; limit?: number },
  ): Promise<Page<ArtifactEntry>>;
  /**
   * Undefined for a folder, or nothing; and for a revision where the store keeps none.
   * @throws unavailable when the bytes are missing or cut short on the server; forbidden for a link that leads out.
   */
  find(tree: string, path: ArtifactPath, revision?: number): Promise<ArtifactContent | undefined>;
  /**
   * @throws conflict when a folder stands at the path, or a file at one of its parents; not_found and precondition when
   * the tree's owner takes no writes; unsupported where the store is read only.
   */
  write(tree: string, path: ArtifactPath, bytes: AsyncIterable<Uint8Array>, options: WriteOptions): Promise<Artifact>;
  /**
   * Names bytes that the blob store already has, without moving them (a store of plain files copies them).
   * Undefined when the blob store lacks them. @throws conflict as `write` does.
   */
  link(tree: string, path: ArtifactPath, digest: Digest, options: WriteOptions): Promise<Artifact | undefined>;
  /** A file, or a folder with all below it; how many files went. 0 = there was nothing. */
  remove(tree: string, path: ArtifactPath, at: number): Promise<number>;
  /**
   * Prepares the end of a tree whose owner is purged: finds its files while the owner is known. The answer, called when the
   * owner is gone, takes them away. Nothing to do where rows name the files, or clients own them.
   */
  clear(tree: string): Promise<() => Promise<void>>;
}
