import type { AnswerForms } from "@cairn/core";
import { encodeBucketsColumns, encodeHistoryColumns } from "./chart-columns.ts";
import { encodeBuckets, encodeHistory } from "./chart-json.ts";
import { pageOfRunsText } from "./run-text.ts";

const utf8 = new TextEncoder();

/** The native wire's large answers as they are sent: made where the rows are, so this loads no schema. */
export const nativeForms = {
  json: {
    "runs.search": (page) => utf8.encode(pageOfRunsText(page)),
    "series.history": (history) => utf8.encode(JSON.stringify(encodeHistory(history))),
    "series.buckets": (charts) => utf8.encode(JSON.stringify(charts.map(encodeBuckets))),
  },
  columns: {
    "series.history": encodeHistoryColumns,
    "series.buckets": encodeBucketsColumns,
  },
} as const satisfies AnswerForms;
