import type { UploadMemory } from "../../upload.ts";

export const visibilities = ["private", "public"] as const;
/** Who may read a model's files: stored with it, and kept by walls where there are accounts. */
export type Visibility = (typeof visibilities)[number];

/** What a centre knows of a model that is registered in it. Folders end without a slash. */
export interface Profile {
  readonly model: string;
  /** Where the model's versions are: a folder, or a URL. */
  readonly filerepo: string;
  /** The centre itself, as a URL. */
  readonly server: string;
  /** Where all models are. */
  readonly filereporoot: string;
  /** Where the facts of the model's files are kept. */
  readonly filedb: string;
  /** Names this registration; it opens nothing. */
  readonly key: string;
  readonly visibility: Visibility;
}

/** One version of a model, as the centre lists it. */
export interface CentreVersion {
  readonly model: string;
  /** The caller's own word for it; its number where it has none. */
  readonly version: string;
  /** Where its files are, with a slash at the end. */
  readonly dir: string;
  /** Files of a sealed version never change. */
  readonly state: "draft" | "sealed";
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly files: number;
  readonly bytes: number;
}

/** A file in a centre. */
export interface CentreFile {
  readonly path: string;
  readonly size: number;
  /** SHA-256 as 64 hex digits. */
  readonly digest: string;
  /** MD5 as 32 hex digits; null where only reading the bytes would tell. */
  readonly md5: string | null;
  /** When it was put there, in ms since 1970. */
  readonly modifiedAt: number;
}

/** A file to be put: bytes that can be read more than once, and what they must turn out to be. */
export interface NewFile {
  readonly path: string;
  readonly size: number;
  readonly digest: string;
  readonly md5: string;
  slice(start: number, end: number): AsyncIterable<Uint8Array>;
}

/** The files of one version. A write or removal is whole or not at all. */
export interface VersionFiles {
  readonly info: CentreVersion;
  /** All, by path (code points). */
  list(): Promise<readonly CentreFile[]>;
  /** From byte `start` on. @throws conflict when the bytes are no longer those with the digest. */
  read(file: CentreFile, start?: number): AsyncIterable<Uint8Array>;
  /**
   * Puts a file, in place of the one at its path. It is there only if its bytes had the digest that was promised.
   * @throws conflict when they had another, or a folder or file stands in the way; precondition for a sealed version;
   * storage_full.
   */
  write(file: NewFile, memory?: UploadMemory): Promise<void>;
  remove(path: string): Promise<void>;
  /** @throws storage_full where so many bytes more will not fit, as far as that can be known. */
  checkRoom(bytes: number): Promise<void>;
}

/** A central store of files by model and version: a folder, or a server. Names are checked before they come here. */
export interface Centre {
  readonly kind: "folder" | "server";
  /** The folder, or the server's URL. */
  readonly root: string;
  findProfile(model: string): Promise<Profile | undefined>;
  /** Gives the profile that is there, or makes it. A visibility that is given is set. */
  register(model: string, visibility?: Visibility): Promise<Profile>;
  /** All, by name. */
  profiles(): Promise<readonly Profile[]>;
  /** All, oldest first; none for an unknown model. */
  versions(model: string): Promise<readonly CentreVersion[]>;
  find(model: string, version: string): Promise<VersionFiles | undefined>;
  /** Opens the version, or makes it as a draft. @throws not_found for a model that is not registered. */
  open(model: string, version: string): Promise<VersionFiles>;
  /** For good, with its files. */
  delete(model: string, version: string): Promise<void>;
}
