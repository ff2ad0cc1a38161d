import type { BucketInput, ChartSeries, HistoryInput } from "@cairn/core";
import * as z from "zod";
import { runId } from "./common.ts";
import { endpoint, shapeOf } from "./endpoint.ts";
import { once } from "./once.ts";
import { bucketsCodec, historyCodec, listCodec } from "./series-codec.ts";
import { buckets, history, seriesInfo } from "./series-shapes.ts";

const run = once(() => z.strictObject({ run: runId() }));
const key = once(() => z.string().meta({ description: "The metric's exact name." }));

const historyInput = once(
  () =>
    ({
      limit: z.int().optional().meta({ description: "1 … 100 000; 10 000 when left out." }),
      cursor: z.string().optional().meta({ description: "`next` of the page before." }),
      from: z.int().optional().meta({ description: "First step, inclusive." }),
      to: z.int().optional().meta({ description: "Last step, inclusive." }),
      sample: z.int().optional().meta({
        description: "Instead of a page: at most so many points, evenly over the series by step; 1 … 10 000.",
      }),
    }) satisfies { [K in keyof HistoryInput]-?: z.ZodType<HistoryInput[K]> },
);

const chartSeries = once(() =>
  shapeOf<ChartSeries>()({
    run: runId(),
    key: key(),
    from: z.int().optional().meta({ description: "Where this one begins, instead of the chart's `from`." }),
  }),
);

const bucketInput = once(
  () =>
    ({
      axis: z.enum(["step", "time"]).optional().meta({ description: "`step` when left out." }),
      from: z.int().optional().meta({ description: "Inclusive bounds on the axis." }),
      to: z.int().optional(),
      buckets: z.int().optional().meta({ description: "The most rows a series: 1 … 10 000; 1000 when left out." }),
    }) satisfies { [K in keyof BucketInput]-?: z.ZodType<BucketInput[K]> },
);

export const seriesEndpoints = {
  "series.list": endpoint({
    method: "GET",
    path: "/runs/{run}/series",
    args: ["run"],
    input: run,
    result: () => z.array(seriesInfo()),
    errors: ["invalid", "not_found"],
    codec: listCodec,
    doc: { summary: "List the series of a run with their summaries", example: {} },
  }),
  "series.history": endpoint({
    method: "GET",
    path: "/runs/{run}/history",
    args: ["run", "key", "*"],
    input: () => run().extend({ key: key(), ...historyInput() }),
    result: history,
    errors: ["invalid", "not_found"],
    codec: historyCodec,
    doc: {
      summary: "Read raw points of a series, page by page",
      text: "As JSON columns, as binary columns (`Accept: application/x-cairn-columns`), or as CSV (`Accept: text/csv`).",
      example: { key: "train/loss", limit: 1000 },
    },
  }),
  "series.buckets": endpoint({
    method: "POST",
    path: "/series/buckets",
    args: ["series", "*"],
    input: () => z.strictObject({ series: z.array(chartSeries()), ...bucketInput() }),
    result: () => z.array(buckets()),
    errors: ["invalid", "not_found", "too_large"],
    idempotent: true,
    codec: bucketsCodec,
    doc: {
      summary: "Draw series: at most so many rows each, with exact minimum and maximum",
      text:
        "Every point in range lies in exactly one row, so every spike shows; a range of few points comes as raw ones. A live chart " +
        "asks on with a `from` for each series, up to 2000 at once; a key without points gives an empty chart. Answers in the order asked for; as JSON, or as binary " +
        "columns with `Accept: application/x-cairn-columns`, which a hundred series are read in.",
      example: { series: [{ run: "RUN", key: "train/loss" }], buckets: 500 },
    },
  }),
  "series.clear": endpoint({
    method: "DELETE",
    path: "/runs/{run}/series",
    args: ["run", "key"],
    input: () => run().extend({ key: key() }),
    result: () => z.boolean().meta({ description: "False if there was none." }),
    errors: ["not_found", "precondition"],
    doc: { summary: "Remove all points of one series", example: { key: "train/loss" } },
  }),
} as const;
