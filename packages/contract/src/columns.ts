import { invalid, TrackerError } from "@cairn/core";
import { findGaps, type Gaps, isGapWidth, putGaps, sizeOfGaps, takeGaps } from "./column-gaps.ts";
import { parseJson } from "./parse-json.ts";

/** The media type of binary columns. */
export const COLUMNS_TYPE = "application/x-cairn-columns";

export type Column = Float64Array | Uint32Array | Uint8Array;

/** Gives what the JSON bytes of a header say, as `readHeader` does. */
export type ReadHeader = (bytes: Uint8Array) => Record<string, unknown>;

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
 *   per column: u8 form · u8 type (0 f64, 1 u32, 2 u8) · u8 width · u8 0 · u32 length
 *     form 0 raw: the values, padded with 0
 *          1 constant: one value as f64
 *          2 same as the column before: nothing
 *          3 singles: the values as f32, padded
 *          4 gaps: the first value and the least gap as f64, then each gap less the least one in `width` bytes (0, 1, 2, 4), padded
 */
const MAGIC = 0x434e5243;
const VERSION = 1;
const RAW = 0;
const CONSTANT = 1;
const SAME = 2;
const SINGLES = 3;
const GAPS = 4;
const types = [Float64Array, Uint32Array, Uint8Array] as const;

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { fatal: true });

/** How a column is written, and in how many bytes without padding. */
interface Plan {
  readonly form: number;
  readonly size: number;
  readonly gaps?: Gaps;
}

/**
 * Packs columns. A column that repeats one value, or the column before it, costs 16 or 8 bytes.
 * @param narrow whole numbers as gaps and doubles as singles where that is exact: fewer bytes to send.
 */
export function encodeColumns({ header, columns }: Columns, narrow = false): Uint8Array<ArrayBuffer> {
  const text = utf8.encode(JSON.stringify(header));
  const plans = columns.map((column, i) => planOf(column, columns[i - 1], narrow));
  let at = 16 + pad(text.length);
  const bytes = new Uint8Array(plans.reduce((sum, { size }) => sum + 8 + pad(size), at));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, VERSION);
  view.setUint32(8, text.length, true);
  view.setUint32(12, columns.length, true);
  bytes.set(text, 16);
  bytes.fill(0x20, 16 + text.length, at);
  for (const [i, column] of columns.entries()) {
    const plan = plans[i] as Plan;
    view.setUint8(at, plan.form);
    view.setUint8(at + 1, typeOf(column));
    view.setUint8(at + 2, plan.gaps?.width ?? 0);
    view.setUint32(at + 4, column.length, true);
    putColumn(view, at + 8, column, plan);
    at += 8 + pad(plan.size);
  }
  return bytes;
}

function putColumn({ buffer }: DataView<ArrayBuffer>, at: number, column: Column, { form, size, gaps }: Plan): void {
  if (form === CONSTANT) new Float64Array(buffer, at, 1)[0] = column[0] as number;
  else if (form === SINGLES) new Float32Array(buffer, at, column.length).set(column);
  else if (gaps !== undefined) putGaps(buffer, at, column as Float64Array, gaps);
  else if (form === RAW) new Uint8Array(buffer, at, size).set(new Uint8Array(column.buffer, column.byteOffset, size));
}

function planOf(column: Column, before: Column | undefined, narrow: boolean): Plan {
  const raw = { form: RAW, size: column.byteLength };
  if (column.length < 2) return raw;
  if (isConstant(column)) return { form: CONSTANT, size: 8 };
  if (before !== undefined && isSame(column, before)) return { form: SAME, size: 0 };
  if (!narrow || !(column instanceof Float64Array)) return raw;
  const gaps = findGaps(column);
  const size = gaps === null ? raw.size : sizeOfGaps(column.length, gaps.width);
  if (gaps !== null && size < raw.size) return { form: GAPS, size, gaps };
  return areSingles(column) ? { form: SINGLES, size: 4 * column.length } : raw;
}

/**
 * Unpacks columns into arrays of their own buffers, so that each may be handed to another thread.
 * @param maxLength the longest column that is taken: a constant one could ask for any amount of memory.
 * @param read reads the header, for who can do so faster than by parsing it.
 * @throws invalid for anything that is not this format; too_large for a longer column.
 */
export function decodeColumns(bytes: Uint8Array, maxLength: number, read: ReadHeader = readHeader): Columns {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 16 || view.getUint32(0, true) !== MAGIC) throw damaged("it does not start with CRNC");
  if (view.getUint8(4) !== VERSION) throw damaged(`version ${view.getUint8(4)} is not known here`);
  const headerBytes = view.getUint32(8, true);
  const count = view.getUint32(12, true);
  let at = 16 + pad(headerBytes);
  if (at > bytes.length || count > (bytes.length - at) / 8) throw damaged("it is cut off");
  const header = read(bytes.subarray(16, 16 + headerBytes));
  const columns: Column[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 8 > bytes.length) throw damaged("it is cut off");
    const form = view.getUint8(at);
    const Type = types[view.getUint8(at + 1)];
    const width = view.getUint8(at + 2);
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
    } else if (form === SINGLES && Type === Float64Array) {
      const size = length * 4;
      if (at + size > bytes.length) throw damaged("it is cut off");
      columns.push(new Type(new Float32Array(copyOf(bytes, at, size))));
      at += pad(size);
    } else if (form === GAPS && Type === Float64Array && length > 0 && isGapWidth(width)) {
      const size = sizeOfGaps(length, width);
      if (at + size > bytes.length) throw damaged("it is cut off");
      columns.push(takeGaps(copyOf(bytes, at, size), width, length));
      at += pad(size);
    } else {
      throw damaged("a column has an unknown form, or one that it cannot have");
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

/** JSON text to the object that a header must be. @throws invalid */
export function readHeader(bytes: Uint8Array): Record<string, unknown> {
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

function areSingles(column: Float64Array): boolean {
  for (let i = 0; i < column.length; i++) {
    const x = column[i] as number;
    if (Math.fround(x) !== x && !Number.isNaN(x)) return false;
  }
  return true;
}

function isConstant(column: Column): boolean {
  const first = column[0] as number;
  if (!Object.is(column[column.length - 1], first)) return false;
  if (column instanceof Float64Array) return isOneDouble(column, first);
  return column instanceof Uint32Array ? isOneWord(column, first) : isOneByte(column, first);
}

function isOneDouble(column: Float64Array, first: number): boolean {
  for (let i = 1; i < column.length; i++) if (!Object.is(column[i], first)) return false;
  return true;
}

function isOneWord(column: Uint32Array, first: number): boolean {
  for (let i = 1; i < column.length; i++) if (column[i] !== first) return false;
  return true;
}

function isOneByte(column: Uint8Array, first: number): boolean {
  for (let i = 1; i < column.length; i++) if (column[i] !== first) return false;
  return true;
}

function isSame(column: Column, before: Column): boolean {
  const last = column.length - 1;
  if (column.length !== before.length || typeOf(column) !== typeOf(before)) return false;
  if (!Object.is(column[last], before[last])) return false;
  for (let i = 0; i < last; i++) if (!Object.is(column[i], before[i])) return false;
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
