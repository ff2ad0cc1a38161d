import { invalid } from "../../errors.ts";

/** One named column of a packed body. */
export interface Column {
  readonly name: string;
  readonly data: ColumnData;
}

export type ColumnData = Float64Array | Uint32Array | Uint8Array;

const MAGIC = "CRN1";
const PREFIX = 8;
const ALIGNMENT = 8;
const MAX_COLUMNS = 4096;
const MAX_HEADER = 1 << 20;

/** Bytes of an item of each type. */
const widths = { f64: 8, u32: 4, u8: 1 } as const;
type ColumnType = keyof typeof widths;

/**
 * The wire form of columns: binary bodies in, binary chart replies out.
 *
 * "CRN1"; length of the header (u32); header, the JSON `[{"name","type","length"}, …]` padded with spaces; the columns in that order,
 * each padded with zeros. Little-endian; the columns begin at multiples of 8, so that the receiver can look at them without copying.
 * `type` is `f64`, `u32` or `u8` (for text, such as a JSON with the names of series), `length` counts items.
 *
 * @example
 * const body = encodeColumns([{ name: "values", data: Float64Array.of(0.5, 0.25) }]);
 * decodeColumns(body).get("values"); // Float64Array [0.5, 0.25]
 */
export function encodeColumns(columns: readonly Column[]): Uint8Array {
  const described = columns.map(({ name, data }) => ({ name, type: typeOf(data), length: data.length }));
  const text = new TextEncoder().encode(JSON.stringify(described));
  const headerLength = padded(text.length);
  let size = PREFIX + headerLength;
  for (const { data } of columns) size += padded(data.byteLength);
  const out = new Uint8Array(size);
  for (let i = 0; i < MAGIC.length; i++) out[i] = MAGIC.charCodeAt(i);
  new DataView(out.buffer).setUint32(4, headerLength, true);
  out.fill(0x20, PREFIX, PREFIX + headerLength);
  out.set(text, PREFIX);
  let at = PREFIX + headerLength;
  for (const { data } of columns) {
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += padded(data.byteLength);
  }
  return out;
}

/**
 * The columns by name, as views of `bytes` (of a copy, if they do not begin at a multiple of 8 in their buffer).
 *
 * @throws invalid if the bytes are not what `encodeColumns` makes
 */
export function decodeColumns(bytes: Uint8Array): Map<string, ColumnData> {
  const aligned = bytes.byteOffset % ALIGNMENT === 0 ? bytes : new Uint8Array(bytes);
  const columns = new Map<string, ColumnData>();
  let at = PREFIX + headerLengthOf(aligned);
  for (const { name, type, length } of readHeader(aligned)) {
    const byteLength = length * widths[type];
    if (columns.has(name)) throw invalid(`Packed columns name '${name}' twice.`);
    if (at + padded(byteLength) > aligned.length) throw invalid(`Packed columns end before column '${name}' does.`);
    columns.set(name, view(aligned, type, at, length));
    at += padded(byteLength);
  }
  if (at !== aligned.length) throw invalid(`Packed columns have ${aligned.length - at} bytes too many.`);
  return columns;
}

function headerLengthOf(bytes: Uint8Array): number {
  const isOurs = bytes.length >= PREFIX && String.fromCharCode(...bytes.subarray(0, MAGIC.length)) === MAGIC;
  if (!isOurs) throw invalid(`Packed columns must begin with '${MAGIC}'.`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  if (length > MAX_HEADER || length % ALIGNMENT !== 0 || PREFIX + length > bytes.length) {
    throw invalid(
      `The header of packed columns says it has ${length} bytes; it must be a multiple of 8 and lie within the body.`,
    );
  }
  return length;
}

interface Described {
  readonly name: string;
  readonly type: ColumnType;
  readonly length: number;
}

function readHeader(bytes: Uint8Array): Described[] {
  const header = parse(bytes.subarray(PREFIX, PREFIX + headerLengthOf(bytes)));
  if (!Array.isArray(header) || header.length > MAX_COLUMNS || !header.every(isDescribed)) {
    throw invalid("The header of packed columns must be a list of {name, type: f64 | u32 | u8, length}.");
  }
  return header;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid(`The header of packed columns is not JSON: ${cause instanceof Error ? cause.message : cause}.`);
  }
}

function isDescribed(x: unknown): x is Described {
  if (typeof x !== "object" || x === null) return false;
  const { name, type, length } = x as Record<string, unknown>;
  const isKnown = typeof type === "string" && Object.hasOwn(widths, type);
  return typeof name === "string" && isKnown && Number.isSafeInteger(length) && (length as number) >= 0;
}

function view(bytes: Uint8Array, type: ColumnType, at: number, length: number): ColumnData {
  const start = bytes.byteOffset + at;
  if (type === "f64") return new Float64Array(bytes.buffer, start, length);
  return type === "u32" ? new Uint32Array(bytes.buffer, start, length) : new Uint8Array(bytes.buffer, start, length);
}

function typeOf(data: ColumnData): ColumnType {
  if (data instanceof Float64Array) return "f64";
  return data instanceof Uint32Array ? "u32" : "u8";
}

function padded(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}
