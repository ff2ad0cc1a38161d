import type { ErrorCode } from "@cairn/core";
import * as z from "zod";
import type { Call } from "./call.ts";
import { once } from "./once.ts";

export interface Doc {
  /** One line. */
  readonly summary: string;
  /** Paragraphs, plain text, for what the line cannot say. */
  readonly text?: string;
  /** An input that works on a fresh server, shown as curl. Path parameters stay names when left out. */
  readonly example?: Readonly<Record<string, unknown>>;
}

/** One row of the native wire: everything that server, client, OpenAPI and the docs page know about a call. */
export interface Endpoint extends Call {
  /** A path where GET does the same, its input in the query: for curl and browsers. */
  readonly twin?: string;
  /** All fields, wherever they travel: path, then query (GET, DELETE, and bodies of bytes) or JSON body. */
  readonly input: z.ZodObject;
  /** null = no answer body (204). */
  readonly result: z.ZodType | null;
  readonly errors: readonly ErrorCode[];
  readonly doc: Doc;
}

/** A row as it is declared. Its shapes are functions: all of them together take a tenth of the server's start. */
interface Declared extends Omit<Endpoint, "answers" | "input" | "result"> {
  readonly input: () => z.ZodObject;
  readonly result: (() => z.ZodType) | null;
}

/** Declares one endpoint. Fields named in the path must be in the input: a typo is found when the input is first read. */
export function endpoint({ input, result, ...declared }: Declared): Endpoint {
  const checked = once(() => withFieldsOf(declared, input()));
  const made = result === null ? undefined : once(result);
  return Object.freeze({
    ...declared,
    answers: result !== null,
    get input() {
      return checked();
    },
    get result() {
      return made?.() ?? null;
    },
  });
}

function withFieldsOf({ method, path, twin = "" }: Pick<Endpoint, "method" | "path" | "twin">, input: z.ZodObject) {
  for (const name of [...pathFields(path), ...pathFields(twin)]) {
    if (!(name in input.shape)) throw new Error(`${method} ${path}: input lacks '${name}'`);
  }
  return input;
}

/** The names in braces, in order. */
export function pathFields(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
}

/**
 * A strict object whose fields are pinned to a core type: the compiler objects when a field is missing, extra, or of
 * another type. Unknown fields are refused, so that a misspelt one cannot be ignored.
 */
export function shapeOf<T>() {
  return <S extends { readonly [K in keyof T]-?: z.ZodType<T[K]> }>(
    shape: S & { readonly [K in Exclude<keyof S, keyof T>]: never },
  ): z.ZodObject<{ -readonly [K in keyof S]: S[K] }, z.core.$strict> =>
    z.strictObject(shape as { -readonly [K in keyof S]: S[K] });
}
