import type { ArtifactContent } from "@cairn/core";
import { decodeText } from "./decode-text.ts";
import type { FileSource } from "./file-source.ts";
import { type PreviewKind, previewKind } from "./preview-kind.ts";

/** So much of a text is shown; the whole is a download. */
export const TEXT_BYTES = 1024 * 1024;
/** So much of anything else. */
export const HEX_BYTES = 4096;

/** A file as far as it is shown. */
export interface LoadedFile {
  readonly path: string;
  readonly kind: Exclude<PreviewKind, "unknown">;
  readonly size: number;
  /** SHA-256 as 64 hex digits, where the store knows it. */
  readonly digest: string | null;
  readonly contentType: string | null;
  readonly modifiedAt: number;
  /** Its text, or the beginning of it; undefined when it is none. */
  readonly text: string | undefined;
  /** Its first bytes, where it is no text. */
  readonly bytes: Uint8Array | undefined;
  /** Not all of it is here. */
  readonly isCut: boolean;
}

/** Reads what the preview needs, and no more. @returns null when there is no such file. */
export async function loadFile(source: FileSource, path: string, revision?: number): Promise<LoadedFile | null> {
  const content = await source.find(path, revision);
  if (content === undefined) return null;
  const { size, tag, contentType, modifiedAt } = content;
  const kind = previewKind(path, contentType);
  const about = {
    path,
    size,
    digest: /^[0-9a-f]{64}$/.test(tag) ? tag : null,
    contentType,
    modifiedAt,
    text: undefined,
    bytes: undefined,
  };
  if (kind === "image") return { ...about, kind, isCut: false };
  if (kind === "binary") {
    return { ...about, kind, bytes: await readHead(content, HEX_BYTES), isCut: size > HEX_BYTES };
  }
  const bytes = await readHead(content, TEXT_BYTES);
  const isCut = size > bytes.length;
  const text = decodeText(bytes, isCut);
  if (text === undefined)
    return { ...about, kind: "binary", bytes: bytes.slice(0, HEX_BYTES), isCut: size > HEX_BYTES };
  return { ...about, kind: kind === "unknown" ? "text" : kind, text, isCut };
}

async function readHead(content: ArtifactContent, limit: number): Promise<Uint8Array> {
  const size = Math.min(content.size, limit);
  const bytes = new Uint8Array(size);
  let at = 0;
  for await (const part of content.read({ start: 0, end: size })) {
    bytes.set(part.subarray(0, size - at), at);
    at += part.length;
    if (at >= size) break;
  }
  return bytes;
}
