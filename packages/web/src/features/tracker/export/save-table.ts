import type { Run } from "@cairn/core";
import { saveFile } from "../../../lib/save-file.ts";
import { server } from "../../../lib/server.ts";
import { carriedField, type RunColumn } from "../../../parts/runs/columns/run-column.ts";
import { tableData } from "./table-data.ts";

export const TABLE_FORMATS = ["csv", "json", "arrow", "parquet"] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

const PAGE = 2000;

export interface TableAsk {
  readonly format: TableFormat;
  readonly filter: string;
  readonly order: string;
  readonly columns: readonly RunColumn[];
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, all: number) => void;
}

/** Reads every run that matches, and saves them as a file. @returns its name and how many runs it has. */
export async function saveTable(ask: TableAsk): Promise<{ file: string; count: number }> {
  const { format, filter, order, columns, signal, onProgress } = ask;
  const fields = [...new Set(columns.flatMap((column) => carriedField(column) ?? []))].sort();
  const runs: Run[] = [];
  for (let cursor: string | undefined, isMore = true; isMore; ) {
    const page = await server.runs.search({ filter, order, fields, limit: PAGE, cursor, count: true });
    signal.throwIfAborted();
    runs.push(...page.items);
    onProgress(runs.length, page.total ?? runs.length);
    cursor = page.next ?? undefined;
    isMore = page.next !== null;
  }
  const data = tableData(runs, columns);
  const file = `runs.${format}`;
  const [bytes, type] = await encode(format, data);
  saveFile(file, new Blob([bytes], { type }));
  return { file, count: runs.length };
}

async function encode(
  format: TableFormat,
  data: ReturnType<typeof tableData>,
): Promise<readonly [bytes: BlobPart, type: string]> {
  if (format === "arrow") {
    const { encodeArrow } = await import("./encode-arrow.ts");
    return [encodeArrow(data) as BlobPart, "application/vnd.apache.arrow.file"];
  }
  if (format === "parquet") {
    const { encodeParquet } = await import("./encode-parquet.ts");
    return [encodeParquet(data) as BlobPart, "application/vnd.apache.parquet"];
  }
  const { encodeCsv, encodeJson } = await import("./encode-text.ts");
  return format === "csv" ? [encodeCsv(data), "text/csv"] : [encodeJson(data), "application/json"];
}
