import { invalid, TrackerError } from "@cairn/core";
import { parseJson } from "./parse-json.ts";

/** The media type of binary columns. */
export const COLUMNS_TYPE = "application/x-cairn-columns";

export type Column = Float64Array | Uint32Array | Uint8Array;

export interface Columns {
  /** What the columns are and what JSON says about them. */
  readonly header: Readonly<Record<string, unknown>>;
  readonly columns: readonly Column[];
}

/*
 * The format, little-endian, everything aligned to 8 bytes:
 *
 *   "CRNC" · u8 version = 1 · 3 × 0 · u32 bytes of header · u32 number of columns
 *   header: JSON text, padded with blanks
 *   per column: u8 form (0 raw, 1 constant, 2 same as the column before) · u8 type (0 f64, 1 u32, 2 u8) · u16 0 · u32 length
 *               raw: the values, padded with 0 · constant: one value as f64 · same: nothing
 */
const MAGIC = 0x434e5243;
const VERSION = 1;
const RAW = 0;
const CONSTANT = 1;
const SAME = 2;
const types = [Float64Array, Uint32Array, Uint8Array] as const;

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { fatal: true });

/** Packs columns. A column that repeats one value, or the column before it, costs 16 or 8 bytes. */
export function encodeColumns({ header, columns }: Columns): Uint8Array<ArrayBuffer> {
  const text = utf8.encode(JSON.stringify(header));
  const forms = columns.map((column, i) => formOf(column, columns[i - 1]));
  let size = 16 + pad(text.length);
  for (const [i, column] of columns.entries()) {
    size += 8 + (forms[i] === RAW ? pad(column.byteLength) : forms[i] === CONSTANT ? 8 : 0);
  }
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, VERSION);
  view.setUint32(8, text.length, true);
  view.setUint32(12, columns.length, true);
  bytes.set(text, 16);
  bytes.fill(0x20, 16 + text.length, 16 + pad(text.length));
  let at = 16 + pad(text.length);
  for (const [i, column] of columns.entries()) {
    const form = forms[i] ?? RAW;
    view.setUint8(at, form);
    view.setUint8(at + 1, typeOf(column));
    view.setUint32(at + 4, column.length, true);
    at += 8;
    if (form === RAW) {
      bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
      at += pad(column.byteLength);
    } else if (form === CONSTANT) {
      view.setFloat64(at, column[0] ?? 0, true);
      at += 8;
    }
  }
  return bytes;
}

/**
 * Unpacks columns into arrays of their own buffers, so that each may be handed to another thread.
 * @param maxLength the longest column that is taken: a constant one could ask for any amount of memory.
 * @throws invalid for anything that is not this format; too_large for a longer column.
 */
export function decodeColumns(bytes: Uint8Array, maxLength: number): Columns {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 16 || view.getUint32(0, true) !== MAGIC) throw damaged("it does not start with CRNC");
  if (view.getUint8(4) !== VERSION) throw damaged(`version ${view.getUint8(4)} is not known here`);
  const headerBytes = view.getUint32(8, true);
  const count = view.getUint32(12, true);
  let at = 16 + pad(headerBytes);
  if (at > bytes.length || count > (bytes.length - at) / 8) throw damaged("it is cut off");
  const header = readHeader(bytes.subarray(16, 16 + headerBytes));
  const columns: Column[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 8 > bytes.length) throw damaged("it is cut off");
    const form = view.getUint8(at);
    const Type = types[view.getUint8(at + 1)];
    const length = view.getUint32(at + 4, true);
    at += 8;
    if (Type === undefined) throw damaged("a column has an unknown type");
    if (length > maxLength) throw tooLong(length, maxLength);
    if (form === RAW) {
      const size = length * Type.BYTES_PER_ELEMENT;
      if (at + size > bytes.length) throw damaged("it is cut off");
      // slice() copies into a buffer of its own, which is also aligned whatever the input's offset.
      columns.push(new Type(copyOf(bytes, at, size)));
      at += pad(size);
    } else if (form === CONSTANT) {
      if (at + 8 > bytes.length) throw damaged("it is cut off");
      columns.push(new Type(length).fill(view.getFloat64(at, true)));
      at += 8;
    } else if (form === SAME) {
      const before = columns[i - 1];
      if (!(before instanceof Type) || before.length !== length) throw damaged("a column repeats one that differs");
      columns.push(before.slice());
    } else {
      throw damaged("a column has an unknown form");
    }
  }
  if (at !== bytes.length) throw damaged(`${bytes.length - at} bytes follow its end`);
  return { header, columns };
}

function copyOf(bytes: Uint8Array, at: number, size: number): ArrayBuffer {
  const copy = new Uint8Array(size);
  copy.set(bytes.subarray(at, at + size));
  return copy.buffer;
}

function readHeader(bytes: Uint8Array): Record<string, unknown> {
  let text: string;
  try {
    text = fromUtf8.decode(bytes);
  } catch {
    throw damaged("its header is not UTF-8");
  }
  const header = parseJson(text, "The header of the columns");
  if (typeof header !== "object" || header === null || Array.isArray(header))
    throw damaged("its header is not an object");
  return header as Record<string, unknown>;
}

function formOf(column: Column, before: Column | undefined): number {
  if (column.length < 2) return RAW;
  if (isConstant(column)) return CONSTANT;
  return before !== undefined && isSame(column, before) ? SAME : RAW;
}

function isConstant(column: Column): boolean {
  const first = column[0] as number;
  for (let i = 1; i < column.length; i++) if (!Object.is(column[i], first)) return false;
  return true;
}

function isSame(column: Column, before: Column): boolean {
  if (column.length !== before.length || typeOf(column) !== typeOf(before)) return false;
  for (let i = 0; i < column.length; i++) if (!Object.is(column[i], before[i])) return false;
  return true;
}

function typeOf(column: Column): number {
  return column instanceof Float64Array ? 0 : column instanceof Uint32Array ? 1 : 2;
}

function pad(size: number): number {
  return (size + 7) & ~7;
}

function damaged(why: string): TrackerError {
  return invalid(`These are not binary columns (${COLUMNS_TYPE}): ${why}.`);
}

function tooLong(length: number, limit: number): TrackerError {
  return new TrackerError(
    "too_large",
    `A column has ${length} values; at most ${limit} are taken. Send them in several calls.`,
    {
      limit,
      points: length,
    },
  );
}
