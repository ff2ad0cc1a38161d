import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { QueryKind } from "@cairn/core";
import { encodeFailure, type Failure } from "../shared/failure.ts";
import { openForReading } from "./open-database.ts";
import { createReader } from "./reader.ts";
import { translateSqliteError } from "./sqlite-error.ts";

export interface ToReader {
  readonly id: number;
  readonly kind: string;
  readonly input: unknown;
}

export type FromReader =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure };

const { file } = workerData as { file: string };
const port = parentPort as MessagePort;
const database = openForReading({ file });
const reader = createReader(database);

port.on("message", ({ id, kind, input }: ToReader) => {
  try {
    const value = reader.read(kind as QueryKind, input as never);
    port.postMessage({ id, value }, buffersOf(value));
  } catch (error) {
    port.postMessage({ id, failure: encodeFailure(translateSqliteError(error, file)) });
  }
});

/** The columns of a chart or a history move to the other thread instead of being copied. */
function buffersOf(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visit = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) {
      if (part.buffer instanceof ArrayBuffer && part.byteLength >= 4096) found.add(part.buffer);
    } else if (Array.isArray(part)) part.forEach(visit);
    else if (typeof part === "object" && part !== null) for (const inner of Object.values(part)) visit(inner);
  };
  visit(value);
  return [...found];
}
