import type { Datasets, Expression, Field, Json, Literal, Order, Page, SearchInput } from "@cairn/core";
import * as z from "zod";
import { shapeOf } from "./endpoint.ts";
import { once } from "./once.ts";

export const experimentId = once(() =>
  z.int().min(0).meta({ description: "Number of an experiment; 0 is `Default`." }),
);
export const runId = once(() => z.string().meta({ description: "Id of a run: 32 lower-case hex digits." }));
export const time = once(() => z.int().meta({ description: "Milliseconds since 1970-01-01 UTC." }));
export const textMap = once(() => z.record(z.string(), z.string()));
/** Texts by key; null takes one away. */
export const tagChanges = once(() =>
  z
    .record(z.string(), z.string().nullable())
    .meta({ description: "Only what is named changes; null takes a tag away." }),
);
export const strict = once(() =>
  z.boolean().optional().meta({ description: "Taking away a tag that is not there is an error." }),
);
export const json = once(
  () =>
    z.unknown().meta({
      description: 'Any JSON value; "NaN", "Infinity" and "-Infinity" are numbers.',
    }) as unknown as z.ZodType<Json>,
);
export const jsonMap = once(() => z.record(z.string(), json()));

/** One page of a list. */
export function pageOf<S extends z.ZodType>(item: S) {
  return shapeOf<Page<z.infer<S>>>()({
    items: z.array(item) as unknown as z.ZodType<readonly z.infer<S>[]>,
    next: z.string().nullable().meta({ description: "Cursor of the next page; null on the last." }),
  });
}

const datasets: () => z.ZodOptional<z.ZodType<Datasets>> = once(() =>
  z.array(z.strictObject({ name: z.string(), digest: z.string().nullable() })).optional(),
);
const literal: () => z.ZodType<Literal> = once(() => z.union([z.string(), z.number(), z.boolean()]));

export const field: () => z.ZodType<Field> = once(() =>
  z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("attribute"), name: z.string() }),
      z.strictObject({
        kind: z.literal("metric"),
        key: z.string(),
        stat: z.enum(["latest", "min", "max"]),
        datasets: datasets(),
      }),
      z.strictObject({ kind: z.literal("point"), key: z.string().nullable(), datasets: datasets() }),
      z.strictObject({ kind: z.literal("parameter"), key: z.string() }),
      z.strictObject({ kind: z.literal("tag"), key: z.string() }),
      z.strictObject({ kind: z.literal("dataset"), name: z.enum(["name", "digest", "context"]) }),
      z.strictObject({ kind: z.literal("label") }),
    ])
    .meta({ id: "Field", description: "What a condition asks about." }),
);

export const expression: () => z.ZodType<Expression> = once(() =>
  z
    .discriminatedUnion("op", [
      z.strictObject({ op: z.enum(["and", "or"]), terms: z.array(z.lazy(() => expression())) }),
      z.strictObject({ op: z.literal("not"), term: z.lazy(() => expression()) }),
      z.strictObject({
        op: z.literal("compare"),
        field: field(),
        comparison: z.enum(["=", "!=", "<", "<=", ">", ">="]),
        value: literal(),
      }),
      z.strictObject({ op: z.literal("in"), field: field(), values: z.array(literal()), negated: z.boolean() }),
      z.strictObject({
        op: z.literal("like"),
        field: field(),
        pattern: z.string(),
        ignoreCase: z.boolean(),
        negated: z.boolean(),
      }),
      z.strictObject({ op: z.literal("null"), field: field(), negated: z.boolean() }),
    ])
    .meta({ id: "Expression", description: "The tree that a query text stands for." }),
);

const order: () => z.ZodType<Order> = once(() => z.strictObject({ field: field(), descending: z.boolean() }));

/** The fields of every search. */
export const searchFields = once(
  () =>
    ({
      filter: z
        .union([z.string(), expression()])
        .optional()
        .meta({ description: "A query such as `metrics.loss < 0.3 and tags.stage = 'best'`, or its tree." }),
      order: z
        .union([z.string(), z.array(order())])
        .optional()
        .meta({ description: "Such as `metrics.loss desc`; several by commas. Newest first when left out." }),
      lifecycle: z.enum(["active", "deleted", "all"]).optional().meta({ description: "`active` when left out." }),
      limit: z.int().optional().meta({ description: "1 … 50 000; 50 when left out." }),
      cursor: z.string().optional().meta({ description: "`next` of the page before." }),
    }) satisfies { [K in keyof SearchInput]-?: z.ZodType<SearchInput[K]> },
);
