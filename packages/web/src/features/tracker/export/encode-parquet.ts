import { parquetWriteBuffer } from "hyparquet-writer";
import type { DataColumn } from "./table-data.ts";

/** A Parquet file: numbers as DOUBLE, times as TIMESTAMP in ms, texts as STRING; what is missing is null. */
export function encodeParquet(columns: readonly DataColumn[]): Uint8Array {
  const types = { text: "STRING", number: "DOUBLE", boolean: "BOOLEAN", time: "TIMESTAMP" } as const;
  const columnData = columns.map(({ name, type, values }) => ({
    name,
    type: types[type],
    nullable: true,
    data: type === "time" ? values.map((value) => (value === null ? null : new Date(Number(value)))) : [...values],
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
