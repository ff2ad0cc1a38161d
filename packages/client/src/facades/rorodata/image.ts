import type { Json } from "@cairn/core";
import type { Attachment } from "./attachment.ts";
import type { Content } from "./content.ts";
import type { Metadata } from "./metadata.ts";

export interface SaveOptions {
  readonly comment?: string | undefined;
  /** Id of the run that trained the model. */
  readonly run?: string | undefined;
}

/** What an image has and can, beside the attributes that are its metadata. */
export interface ImageHandle {
  /** 12 hex digits; undefined until it is saved. */
  readonly id: string | undefined;
  /** 1, 2, 3 … in its repository; undefined until it is saved. */
  readonly version: number | undefined;
  /** Of its repository. */
  readonly name: string;
  readonly project: string;
  readonly comment: string;
  /** An entry of its metadata, else `fallback`. */
  get(key: string, fallback?: Json): Json | undefined;
  /**
   * @throws invalid for a key that is set by itself, or a value that is not plain data; precondition once it is saved.
   */
  set(key: string, value: Json): void;
  has(key: string): boolean;
  /** A copy. Once saved with the automatic entries. */
  getMetadata(): Record<string, Json>;
  /** Replaces all of it. Automatic entries are left out, so that another image's `getMetadata()` may be given. */
  setMetadata(metadata: Metadata): void;
  /**
   * Adds a file, which is stored with the image. A second one of the same name takes the place of the first.
   * @param content text, bytes, a Blob, an opened file (`openFile`), or a stream of bytes or text, which is read at once
   */
  attach(filename: string, content: Content): Promise<void>;
  getAttachments(): Promise<Attachment[]>;
  /** The files that the model is stored as; none before it is saved. */
  getModelFiles(): Promise<Attachment[]>;
  /** The model: the object given, or, of a stored image, what was stored; read once. */
  getModel<T = unknown>(): Promise<T>;
  /**
   * Stores model, metadata and attachments as the repository's next version, which never changes again.
   * @throws precondition the second time; invalid without a model, or when nothing can serialize it.
   */
  save(options?: string | SaveOptions): Promise<void>;
  /** As `cairn models:log` prints it. */
  getSummary(): string;
  /** As `cairn models:show` prints it: all metadata. */
  getDetails(): string;
  toString(): string;
}

/** A model with its metadata and attachments. Metadata is read and written as attributes too: `image["Accuracy"] = 0.89`. */
export type ModelImage = ImageHandle & Record<string, Json>;
