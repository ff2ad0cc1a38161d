import type { Point, SeriesBuckets, SeriesHistory, SeriesInfo, WriterMark } from "@cairn/core";
import * as z from "zod";
import { time } from "./common.ts";
import { shapeOf } from "./endpoint.ts";
import { wireNumber } from "./number-shapes.ts";
import type { WireNumber } from "./numbers.ts";
import { once } from "./once.ts";

/** Typed columns as JSON arrays. */
type Listed<T> = {
  readonly [K in keyof T]: T[K] extends Uint8Array | Uint32Array
    ? readonly number[]
    : T[K] extends Float64Array
      ? readonly WireNumber[]
      : T[K] extends Float64Array | null
        ? readonly (number | null)[] | null
        : T[K];
};

export type WirePoint = Omit<Point, "value"> & { readonly value: WireNumber };
export type WireSeriesInfo = Omit<SeriesInfo, "latest" | "min" | "max" | "sum"> & {
  readonly latest: WirePoint | null;
  readonly min: WirePoint | null;
  readonly max: WirePoint | null;
  readonly sum: WireNumber;
};
export type WireHistory = Listed<SeriesHistory>;
export type WireBuckets = Listed<SeriesBuckets>;

export const point = once(() =>
  shapeOf<WirePoint>()({
    step: z.int(),
    time: time(),
    value: wireNumber(),
    batch: z.int().nullable(),
  }).meta({ id: "Point" }),
);

export const seriesInfo = once(() =>
  shapeOf<WireSeriesInfo>()({
    key: z.string(),
    name: z.string().meta({ description: "The key without its phase." }),
    phase: z.string().nullable(),
    count: z.int(),
    latest: point().nullable().meta({ description: "The point with the greatest (step, time, value)." }),
    min: point().nullable().meta({ description: "Over finite values." }),
    max: point().nullable(),
    sum: wireNumber(),
    nan: z.int(),
    positiveInfinity: z.int(),
    negativeInfinity: z.int(),
  }).meta({ id: "SeriesInfo", description: "A series without its points." }),
);

const numbers = once(() => z.array(z.number()));
const wireNumbers = once(() => z.array(wireNumber()));

export const history = once(() =>
  shapeOf<WireHistory>()({
    steps: numbers(),
    times: numbers(),
    values: wireNumbers(),
    batches: z.array(z.number().nullable()).nullable(),
    attempts: numbers(),
    superseded: numbers().meta({ description: "1 = a later attempt went over this step again." }),
    next: z.string().nullable(),
  }).meta({ id: "SeriesHistory", description: "Raw points in columns, ordered by time, step, value." }),
);

export const buckets = once(() =>
  shapeOf<WireBuckets>()({
    raw: z.boolean().meta({ description: "True when each row is one point." }),
    points: z.int().meta({ description: "All points that the rows stand for." }),
    minSteps: numbers(),
    maxSteps: numbers(),
    minTimes: numbers(),
    maxTimes: numbers(),
    mins: wireNumbers().meta({ description: 'Exact over finite values; "NaN" when a row has none.' }),
    maxs: wireNumbers(),
    sums: wireNumbers(),
    counts: numbers(),
    nans: numbers(),
    positiveInfinities: numbers(),
    negativeInfinities: numbers(),
    attempts: numbers(),
    superseded: numbers(),
  }).meta({ id: "SeriesBuckets", description: "A chart: every point in range lies in exactly one row." }),
);

export const writerMark = once(() =>
  shapeOf<WriterMark>()({
    id: z.string().min(1).max(64).meta({ description: "Chosen at random by the writer." }),
    number: z.int().min(1).meta({ description: "1, 2, 3 … A retry carries the same number and is applied once." }),
  }).meta({ id: "WriterMark" }),
);
