import type { Bytes } from "../../../upload.ts";

/** One file that a model becomes. */
export interface ModelFile {
  /** Relative, such as `weights.bin`. */
  readonly path: string;
  readonly content: Bytes;
  readonly contentType?: string | undefined;
}

/** The files of a stored model, read when asked for. */
export interface StoredFiles {
  readonly paths: readonly string[];
  /** @throws not_found */
  bytes(path: string): Promise<Uint8Array>;
}

/**
 * Turns models of one kind into files and back. Its name is recorded with each image (`Content-Encoding`), and the image is
 * read by the serializer of that name. What users stored is data: `deserialize` never evaluates or imports any of it.
 */
export interface Serializer {
  readonly name: string;
  canSerialize(model: unknown): boolean;
  serialize(model: unknown): Promise<readonly ModelFile[]>;
  deserialize(files: StoredFiles): Promise<unknown>;
}
