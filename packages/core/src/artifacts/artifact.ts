import type { Digest } from "../ids.ts";

/** A file in a tree, or a folder that its files imply. */
export interface ArtifactEntry {
  /** Whole path within the tree, `/` between names, none at the start. */
  readonly path: string;
  readonly isFolder: boolean;
  /** 0 for a folder. */
  readonly size: number;
}

/** One revision of a file. */
export interface Artifact {
  readonly path: string;
  readonly revision: number;
  readonly digest: Digest;
  readonly size: number;
  readonly contentType: string | null;
  readonly descriptor: string | null;
  readonly author: string;
  readonly at: number;
}

/** Bytes on their way out. */
export interface ArtifactContent {
  readonly path: string;
  readonly size: number;
  /** Strong validator for ETag: the digest where there is one. */
  readonly tag: string;
  readonly contentType: string | null;
  readonly modifiedAt: number;
  /** Call at most once. */
  read(range?: { readonly start: number; readonly end: number }): AsyncIterable<Uint8Array>;
}
