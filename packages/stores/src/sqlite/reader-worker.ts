import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type AnswerForms, formAnswer, type QueryKind } from "@cairn/core";
import { encodeFailure, type Failure } from "../shared/failure.ts";
import { copyColumns } from "./copy-columns.ts";
import { openForReading } from "./open-database.ts";
import { createReader } from "./reader.ts";
import { translateSqliteError } from "./sqlite-error.ts";

export interface ToReader {
  readonly id: number;
  readonly kind: string;
  readonly input: unknown;
  readonly form: string | undefined;
}

export type FromReader =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure };

const { file, forms } = workerData as { file: string; forms: string | undefined };
const port = parentPort as MessagePort;
const database = openForReading({ file });
const reader = createReader(database);
const { answerForms } = (forms === undefined ? { answerForms: {} } : await import(forms)) as {
  answerForms: AnswerForms;
};

port.on("message", ({ id, kind, input, form }: ToReader) => {
  try {
    const value: unknown = reader.read(kind as QueryKind, input as never);
    if (form !== undefined) {
      const bytes = formAnswer(answerForms, form, kind, value);
      port.postMessage({ id, value: bytes }, [bytes.buffer]);
      return;
    }
    // Only series are answered in columns; a page of runs would be walked for nothing.
    const { copy, moved } = kind.startsWith("series.") ? copyColumns(value) : { copy: value, moved: [] };
    port.postMessage({ id, value: copy }, moved);
  } catch (error) {
    port.postMessage({ id, failure: encodeFailure(translateSqliteError(error, file)) });
  }
});
