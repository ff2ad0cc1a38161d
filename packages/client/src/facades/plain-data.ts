import { invalid, type Json } from "@cairn/core";

const MAX_DEPTH = 32;

/**
 * What a caller gave, as JSON that says the same: a date is its ISO text, an integer beyond 2^53 its digits, undefined null;
 * lists of any kind (typed arrays, Arrow's vectors) are lists. NaN and ±Infinity stay numbers.
 *
 * @param what begins the sentence that names the value
 * @throws invalid for functions, symbols, maps, sets and instances of classes, of which JSON would lose something silently
 */
export function toPlain(value: unknown, what: string, depth = 0): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (depth > MAX_DEPTH) throw invalid(`${what} is nested deeper than ${MAX_DEPTH} levels; flatten it.`);
  const data = asJson(value);
  if (data !== value) return toPlain(data, what, depth + 1);
  if (isList(value)) return Array.from(value, (item) => toPlain(item, what, depth + 1));
  if (isPlain(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlain(item, what, depth + 1)]));
  }
  throw invalid(`${what} is or holds ${nameOf(value)}. Give plain data: texts, numbers, lists, objects.`);
}

/** The same for an object of values. @param whatOf begins the sentence that names one of them */
export function toPlainObject(given: unknown, what: string, whatOf: (key: string) => string): Record<string, Json> {
  const value = asJson(given);
  if (typeof value !== "object" || value === null || isList(value) || value instanceof Map) {
    throw invalid(`${what} is an object of names and values, not ${nameOf(given)}.`);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlain(item, whatOf(key))]));
}

/** Dates, and rows and vectors of data frames, say themselves what they are as JSON. */
function asJson(value: unknown): unknown {
  const { toJSON } = Object(value) as { toJSON?: unknown };
  return typeof toJSON === "function" ? toJSON.call(value) : value;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  const name = typeof value === "object" ? (value.constructor?.name ?? "object") : typeof value;
  return `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
}
