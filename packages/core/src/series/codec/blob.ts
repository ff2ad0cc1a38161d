import { createReader, putVarint, type Reader, readByte, readBytes, readCount, type Writer } from "./bytes.ts";
import type { Compressor } from "./compressor.ts";
import { corruptRecord, type RecordKind } from "./corrupt.ts";
import { crc32 } from "./crc32.ts";

export const FORMAT_VERSION = 1;

/** The byte after the version, so that a blob of one kind is not read as another. Numbers are never reused. */
const kindBytes: Readonly<Record<RecordKind, number>> = {
  journal: 1,
  "chunk-values": 2,
  "chunk-axes": 3,
  entries: 4,
  segment: 5,
  "bundle-directory": 6,
  "bundle-frame": 7,
  summary: 8,
};

const HEADER = 2;
const CHECKSUM = 4;
const PLAIN = 0;
const COMPRESSED = 1;
/** Shorter payloads are stored as they are: a zstd frame costs about a dozen bytes and a call about ten microseconds. */
const COMPRESS_FROM = 96;

/** No blob unpacks to more than this many times its size, so that a few bytes cannot ask for much memory. */
const MOST_GROWTH = 4096;

/** Arrays up to this size lie in V8's heap until something asks for their buffer. */
const HEAP_BYTES = 64;

const sizes = new Uint8Array(16);

/** Starts a blob in a writer: version and kind. `finishBlob` ends it. */
export function startBlob(w: Writer, kind: RecordKind): void {
  w.bytes[0] = FORMAT_VERSION;
  w.bytes[1] = kindBytes[kind];
  w.at = HEADER;
}

/** A copy of what the writer holds, with the CRC-32 of it all behind. */
export function finishBlob(w: Writer): Uint8Array {
  const out = new Uint8Array(w.at + CHECKSUM);
  out.set(w.bytes.subarray(0, w.at));
  return sign(out);
}

/** Checks version, kind and CRC-32 and gives a reader over the payload. */
export function openBlob(bytes: Uint8Array, kind: RecordKind): Reader {
  if (bytes.length < HEADER + CHECKSUM) throw corruptRecord(kind, `it has ${bytes.length} bytes, too few to be one`);
  if (crc32(bytes, 0, bytes.length - CHECKSUM) !== checksumOf(bytes)) throw corruptRecord(kind, "its checksum differs");
  if (bytes[0] !== FORMAT_VERSION)
    throw corruptRecord(kind, `its format has the version ${bytes[0]}, not ${FORMAT_VERSION}`);
  if (bytes[1] !== kindBytes[kind]) throw corruptRecord(kind, `it is a record of the kind ${bytes[1]}`);
  // A view would make an array that lies in the heap move out of it, and then only a collection of the whole heap frees it.
  const end = bytes.length - CHECKSUM;
  return createReader(bytes.length <= HEAP_BYTES ? bytes.slice(HEADER, end) : bytes.subarray(HEADER, end), kind);
}

/**
 * A blob of two parts: `w` goes through the compressor if that makes it smaller, `tail` is stored as it is.
 * Layout: method, size of the first part unpacked, size of the tail, first part, tail.
 */
export function packBlob(w: Writer, tail: Writer, kind: RecordKind, compressor: Compressor): Uint8Array {
  const raw = w.bytes.subarray(0, w.at);
  const squeezed = raw.length < COMPRESS_FROM ? raw : compressor.compress(raw);
  const smaller = squeezed.length < raw.length && raw.length <= squeezed.length * MOST_GROWTH;
  const payload = smaller ? squeezed : raw;
  let at = putVarint(sizes, 0, raw.length);
  at = putVarint(sizes, at, tail.at);
  const start = HEADER + 1 + at;
  const out = new Uint8Array(start + payload.length + tail.at + CHECKSUM);
  out[0] = FORMAT_VERSION;
  out[1] = kindBytes[kind];
  out[HEADER] = smaller ? COMPRESSED : PLAIN;
  out.set(sizes.subarray(0, at), HEADER + 1);
  out.set(payload, start);
  out.set(tail.bytes.subarray(0, tail.at), start + payload.length);
  return sign(out);
}

/** The parts of a packed blob. The first may be at most `limit` bytes: no more is ever asked of the decompressor. */
export function unpackBlob(bytes: Uint8Array, kind: RecordKind, compressor: Compressor, limit: number): Reader {
  const r = openBlob(bytes, kind);
  const method = readByte(r);
  const size = readCount(r, limit, "the unpacked size");
  const tailSize = readCount(r, r.bytes.length, "the size of the tail");
  const payload = readBytes(r, r.bytes.length - tailSize - r.at);
  const tail = createReader(readBytes(r, tailSize), kind);
  if (method === COMPRESSED && size <= payload.length * MOST_GROWTH) {
    return createReader(decompress(payload, size, kind, compressor), kind, tail);
  }
  if (method !== PLAIN || payload.length !== size) throw corruptRecord(kind, "its payload is not packed as it says");
  return createReader(payload, kind, tail);
}

function decompress(payload: Uint8Array, size: number, kind: RecordKind, compressor: Compressor): Uint8Array {
  let raw: Uint8Array;
  try {
    raw = compressor.decompress(payload, size);
  } catch (cause) {
    throw corruptRecord(kind, "it does not unpack", cause);
  }
  if (raw.length !== size) throw corruptRecord(kind, `it unpacks to ${raw.length} bytes, not the ${size} it says`);
  return raw;
}

/** The checksum that a blob carries in its last four bytes. */
export function checksumOf(bytes: Uint8Array): number {
  let checksum = 0;
  for (let i = 1; i <= CHECKSUM; i++) checksum = (checksum << 8) | (bytes[bytes.length - i] as number);
  return checksum >>> 0;
}

/** Byte by byte: a `DataView` would move a small array out of the heap. */
function sign(out: Uint8Array): Uint8Array {
  const end = out.length - CHECKSUM;
  const checksum = crc32(out, 0, end);
  for (let i = 0; i < CHECKSUM; i++) out[end + i] = checksum >>> (8 * i);
  return out;
}
