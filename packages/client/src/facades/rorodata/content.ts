import { invalid } from "@cairn/core";
import { type Bytes, type Source, sourceOf } from "../../upload.ts";

/** What may be attached: text, bytes, a Blob, an opened file (`openFile`), or a stream of bytes or of text. */
export type Content =
  | Bytes
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>
  | ReadableStream<Uint8Array>;

export function isSource(value: unknown): value is Source {
  if (typeof value !== "object" || value === null) return false;
  const { size, slice, digest } = value as Record<string, unknown>;
  return typeof size === "number" && typeof slice === "function" && typeof digest === "function";
}

/**
 * Content that can be read more than once. A stream is read to its end now and held in memory; an opened file is read as it
 * is sent.
 * @throws invalid for anything else.
 */
export async function takeContent(content: Content, what: string): Promise<Source> {
  if (typeof content === "string" || content instanceof Uint8Array || content instanceof Blob || isSource(content))
    return sourceOf(content);
  if (isIterable(content)) return sourceOf(await readText(content, what));
  throw invalid(`${what} must be text, bytes, a Blob, an opened file or a stream, not ${typeof content}.`);
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  if (typeof value !== "object" || value === null) return false;
  return Symbol.asyncIterator in value || Symbol.iterator in value;
}

/** A stream opened in text mode gives texts, which are stored as UTF-8. */
async function readText(stream: AsyncIterable<unknown>, what: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const encoder = new TextEncoder();
  for await (const piece of stream) {
    if (typeof piece === "string") pieces.push(encoder.encode(piece));
    else if (piece instanceof Uint8Array) pieces.push(piece);
    else throw invalid(`${what} gave a ${typeof piece} where text or bytes were expected.`);
  }
  return concat(pieces);
}

export async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return concat(pieces);
}

/** One array over a buffer of just its size. */
export function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
