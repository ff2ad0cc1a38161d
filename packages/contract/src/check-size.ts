import { TrackerError } from "@cairn/core";
import * as z from "zod";

/** Ten thousand of the largest items that a call takes fit many times over. */
const MAX_VALUES = 200_000;

/**
 * Schemas run only on what passed this. They note every wrong value of a list and go on to the next, so that ten million
 * wrong ones, a body of 30 MB, would take all memory and minutes before the first was told.
 * Values that the schema leaves free (a parameter's) are not counted: it does not look at them.
 *
 * @param value has passed `checkJson`: what the schema does not know is walked by recursion.
 * @param what begins the message: "The body".
 * @throws too_large for more than 200 000 list items and fields that the schema would look at.
 */
export function checkSize(schema: z.ZodType, value: unknown, what: string): void {
  let count = 0;
  const spend = (values: number): void => {
    count += values;
    if (count <= MAX_VALUES) return;
    const message = `${what} holds more than ${MAX_VALUES} values; send them in several calls.`;
    throw new TrackerError("too_large", message, { limit: MAX_VALUES });
  };
  const walk = (outer: z.ZodType | undefined, part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    const inner = outer && unwrap(outer);
    if (inner !== undefined && !descends(inner, part)) return;
    if (Array.isArray(part)) {
      spend(part.length);
      const element = inner instanceof z.ZodArray ? (inner.element as z.ZodType) : undefined;
      for (const item of part) walk(element, item);
      return;
    }
    const keys = Object.keys(part);
    spend(keys.length);
    for (const key of keys) {
      const field = fieldOf(inner, key);
      if (inner === undefined || field !== undefined) walk(field, (part as Record<string, unknown>)[key]);
    }
  };
  walk(schema, value);
}

/** What a schema of one kind says of a value of another is one problem, however large the value. */
function descends(schema: z.ZodType, value: object): boolean {
  if (schema instanceof z.ZodArray) return Array.isArray(value);
  return (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) && !Array.isArray(value);
}

function fieldOf(schema: z.ZodType | undefined, key: string): z.ZodType | undefined {
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  if (schema instanceof z.ZodObject && Object.hasOwn(schema.shape, key)) return schema.shape[key] as z.ZodType;
  return undefined;
}

/** Which form of a union is meant is not asked: all of the value is counted. */
function unwrap(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return unwrap(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodUnion || schema instanceof z.ZodLazy ? undefined : schema;
}
