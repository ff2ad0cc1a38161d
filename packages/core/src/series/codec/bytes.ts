import { corruptRecord, type RecordKind } from "./corrupt.ts";

/**
 * The primitives under every format here. All numbers are little-endian and typed arrays are copied as they lie in memory, so the
 * host must be little-endian too (every platform that Node ships for but one is).
 *
 * Nothing in this folder is re-entrant: encoders and decoders work in module-level scratch space and copy out at the end. That
 * is safe because none of them awaits or calls back, except into the compressor, which must not call in again.
 */
if (new Uint8Array(new Uint16Array([1]).buffer)[0] !== 1) throw new Error("Cairn needs a little-endian machine.");

/** Integers in the formats lie within ±MAX_INTEGER. */
export const MAX_INTEGER: number = Number.MAX_SAFE_INTEGER;

/** A growing buffer. Its bytes before `at` are written; the rest is garbage of earlier use. */
export interface Writer {
  bytes: Uint8Array;
  at: number;
}

/** A cursor over a checked payload. Reading beyond the end throws, naming `kind`. */
export interface Reader {
  readonly bytes: Uint8Array;
  readonly kind: RecordKind;
  /** The part of a packed blob that did not go through the compressor. */
  readonly tail: Reader | null;
  at: number;
}

export function createWriter(capacity = 1024): Writer {
  return { bytes: new Uint8Array(capacity), at: 0 };
}

/** Makes room for `extra` more bytes. Take `w.bytes` only after this: it may be another array. */
export function reserve(w: Writer, extra: number): void {
  if (w.at + extra <= w.bytes.length) return;
  const grown = new Uint8Array(Math.max(w.bytes.length * 2, w.at + extra));
  grown.set(w.bytes.subarray(0, w.at));
  w.bytes = grown;
}

/** Varint of a whole number 0 … 2^53-1, seven bits a byte, lowest first; at most 8 bytes. Returns the place after it. */
export function putVarint(bytes: Uint8Array, from: number, value: number): number {
  let at = from;
  let v = value;
  while (v > 0x7fffffff) {
    bytes[at++] = (v % 128) | 128;
    v = Math.floor(v / 128);
  }
  let u = v | 0;
  while (u > 127) {
    bytes[at++] = (u & 127) | 128;
    u >>>= 7;
  }
  bytes[at++] = u;
  return at;
}

/**
 * Zigzag varint: 0, -1, 1, -2 … become 0, 1, 2, 3 …. Doubling a number near ±2^53 would lose its last bit, so beyond 30 bits the
 * lowest byte (six bits and the sign) is split off first; the bytes are the same.
 */
export function putSigned(bytes: Uint8Array, from: number, value: number): number {
  if (value > -0x40000000 && value < 0x40000000) return putVarint(bytes, from, value < 0 ? -2 * value - 1 : 2 * value);
  const magnitude = value < 0 ? -value - 1 : value;
  bytes[from] = 128 | ((magnitude % 64) << 1) | (value < 0 ? 1 : 0);
  return putVarint(bytes, from + 1, Math.floor(magnitude / 64));
}

export function writeByte(w: Writer, value: number): void {
  reserve(w, 1);
  w.bytes[w.at++] = value;
}

export function writeVarint(w: Writer, value: number): void {
  reserve(w, 8);
  w.at = putVarint(w.bytes, w.at, value);
}

export function writeSigned(w: Writer, value: number): void {
  reserve(w, 9);
  w.at = putSigned(w.bytes, w.at, value);
}

export function writeBytes(w: Writer, bytes: Uint8Array): void {
  reserve(w, bytes.length);
  w.bytes.set(bytes, w.at);
  w.at += bytes.length;
}

const cell = new Float64Array(1);
const cellBytes = new Uint8Array(cell.buffer);
const cellWords = new Int32Array(cell.buffer);

/** Eight bytes, -0 as 0 and every NaN as the quiet NaN 0x7ff8000000000000. */
export function writeFloat(w: Writer, value: number): void {
  cell[0] = value + 0;
  if (Number.isNaN(value)) setCanonicalNaN(cellWords, 0);
  writeBytes(w, cellBytes);
}

/** Writes the one NaN that the formats know into double `i`. Plain stores keep whatever sign and payload a NaN came with. */
export function setCanonicalNaN(words: Int32Array, i: number): void {
  words[2 * i] = 0;
  words[2 * i + 1] = 0x7ff80000;
}

export function createReader(bytes: Uint8Array, kind: RecordKind, tail: Reader | null = null): Reader {
  return { bytes, kind, tail, at: 0 };
}

export function readByte(r: Reader): number {
  const byte = r.bytes[r.at];
  if (byte === undefined) throw corruptRecord(r.kind, "it ends too early");
  r.at += 1;
  return byte;
}

/** @returns a whole number 0 … 2^53-1 */
export function readVarint(r: Reader): number {
  let value = 0;
  let scale = 1;
  for (let i = 0; i < 8; i++) {
    const byte = readByte(r);
    value += (byte & 127) * scale;
    if (byte < 128) {
      if (value > MAX_INTEGER) break;
      return value;
    }
    scale *= 128;
  }
  throw corruptRecord(r.kind, "a number is beyond 2^53-1");
}

/** A varint that may be at most `limit`; `what` names it in the error. Every length goes through here before it is believed. */
export function readCount(r: Reader, limit: number, what: string): number {
  const value = readVarint(r);
  if (value > limit) throw corruptRecord(r.kind, `${what} is ${value}, more than the ${limit} that can be`);
  return value;
}

export function readSigned(r: Reader): number {
  const first = readByte(r);
  let magnitude = (first & 127) >>> 1;
  if (first > 127) magnitude += readVarint(r) * 64;
  const value = first & 1 ? -magnitude - 1 : magnitude;
  if (value > MAX_INTEGER || value < -MAX_INTEGER) throw corruptRecord(r.kind, "a number is beyond 2^53-1");
  return value;
}

/** The next `length` bytes as a view. */
export function readBytes(r: Reader, length: number): Uint8Array {
  const end = r.at + length;
  if (length < 0 || end > r.bytes.length) throw corruptRecord(r.kind, "it ends too early");
  const bytes = r.bytes.subarray(r.at, end);
  r.at = end;
  return bytes;
}

export function readFloat(r: Reader): number {
  cellBytes.set(readBytes(r, 8));
  return cell[0] as number;
}

/** Throws unless all was read: leftover bytes mean that writer and reader disagree about the format. */
export function expectEnd(r: Reader): void {
  if (r.at !== r.bytes.length) throw corruptRecord(r.kind, `${r.bytes.length - r.at} bytes are left over`);
  if (r.tail !== null) expectEnd(r.tail);
}
