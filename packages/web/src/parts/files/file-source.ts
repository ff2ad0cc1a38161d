import type { Artifact, ArtifactContent, ArtifactEntry, Page } from "@cairn/core";
import type { QueryKey } from "@tanstack/react-query";

export interface FileUrlOptions {
  /** Shown in the page instead of saved: the server makes sure that nothing in it runs. */
  readonly isInline?: boolean | undefined;
  readonly revision?: number | undefined;
}

/** A tree of files and where it is asked for: a run's, a checkpoint's, a version's, or the loose ones. */
export interface FileSource {
  /** Begins every query about these files; the hints for their noun make it stale. */
  readonly key: QueryKey;
  /** Direct children of a folder, "" the root. */
  list(folder: string, options?: { readonly limit?: number; readonly cursor?: string }): Promise<Page<ArtifactEntry>>;
  /** Undefined when there is no such file. */
  find(path: string, revision?: number): Promise<ArtifactContent | undefined>;
  /** Newest first; left out where files have none. */
  readonly revisions?: ((path: string) => Promise<readonly Artifact[]>) | undefined;
  url(path: string, options?: FileUrlOptions): string;
  /** A zip of all below a folder, "" all. */
  archiveUrl(folder: string): string;
}
