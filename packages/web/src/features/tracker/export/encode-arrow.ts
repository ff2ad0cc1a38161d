import { Bool, Float64, Table, TimestampMillisecond, tableToIPC, Utf8, vectorFromArray } from "apache-arrow";
import type { DataColumn } from "./table-data.ts";

/** An Arrow IPC file: numbers as float64, times as timestamps in ms, texts as UTF-8; what is missing is null. */
export function encodeArrow(columns: readonly DataColumn[]): Uint8Array {
  const types = { text: Utf8, number: Float64, boolean: Bool, time: TimestampMillisecond };
  const vectors = columns.map(({ name, type, values }) => [name, vectorFromArray(values, new types[type]())] as const);
  return tableToIPC(new Table(Object.fromEntries(vectors)), "file");
}
