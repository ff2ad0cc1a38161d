import {
  Bool,
  type Data,
  Float64,
  makeData,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  Vector,
} from "apache-arrow";
import type { CellValue, DataColumn } from "./table-data.ts";

/**
 * An Arrow IPC file: numbers as float64, times as timestamps in ms, texts as UTF-8; what is missing is null.
 *
 * The library's own builders make code from text (`new Function`), which the page's policy forbids: so its buffers are laid
 * out here (https://arrow.apache.org/docs/format/Columnar.html).
 */
export function encodeArrow(columns: readonly DataColumn[]): Uint8Array {
  const vectors = columns.map((column) => [column.name, new Vector([dataOf(column)])] as const);
  return tableToIPC(new Table(Object.fromEntries(vectors)), "file");
}

function dataOf({ type, values }: DataColumn): Data {
  const length = values.length;
  const nullCount = values.filter((value) => value === null).length;
  const shared = { length, nullCount, nullBitmap: bitsOf(values, (value) => value !== null) };
  switch (type) {
    case "number":
      return makeData({ ...shared, type: new Float64(), data: Float64Array.from(values, Number) });
    case "boolean":
      return makeData({ ...shared, type: new Bool(), data: bitsOf(values, (value) => value === true) });
    case "time": {
      const times = BigInt64Array.from(values, (value) => BigInt(Math.round(Number(value))));
      return makeData({ ...shared, type: new TimestampMillisecond(), data: times });
    }
    case "text":
      return makeData({ ...shared, type: new Utf8(), ...textsOf(values) });
  }
}

/** A bit for each value, the first in the lowest. */
function bitsOf(values: readonly CellValue[], isSet: (value: CellValue) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  for (const [index, value] of values.entries()) {
    if (isSet(value)) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
  }
  return bits;
}

/** All texts one after the other, and where each begins and the last ends. */
function textsOf(values: readonly CellValue[]): { readonly valueOffsets: Int32Array; readonly data: Uint8Array } {
  const encoder = new TextEncoder();
  const texts = values.map((value) => encoder.encode(value === null ? "" : String(value)));
  const valueOffsets = new Int32Array(values.length + 1);
  for (const [index, text] of texts.entries()) valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + text.length;
  const data = new Uint8Array(valueOffsets[values.length] ?? 0);
  for (const [index, text] of texts.entries()) data.set(text, valueOffsets[index]);
  return { valueOffsets, data };
}
