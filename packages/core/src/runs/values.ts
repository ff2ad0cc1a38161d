import { invalid } from "../errors.ts";
import type { Json } from "../json.ts";
import { checkText } from "../limits.ts";

const MAX_DEPTH = 32;

/**
 * A parameter's value as the text that its row keeps: JSON, and the bare words NaN, Infinity and -Infinity.
 * @throws invalid for NaN or Infinity inside a list or object, for what JSON cannot say, for texts with a NUL or half a
 * surrogate pair, and beyond 32 levels.
 */
export function encodeValue(value: Json): string {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  checkInside(value, 0);
  return JSON.stringify(value);
}

/** The reverse of `encodeValue`. */
export function decodeValue(text: string): Json {
  if (text === "NaN") return Number.NaN;
  if (text === "Infinity") return Number.POSITIVE_INFINITY;
  if (text === "-Infinity") return Number.NEGATIVE_INFINITY;
  return JSON.parse(text) as Json;
}

function checkInside(value: Json, depth: number): void {
  if (depth > MAX_DEPTH) throw invalid(`A value is nested deeper than ${MAX_DEPTH} levels; flatten it.`);
  if (value === null || typeof value === "boolean") return;
  // JSON writes both as escapes, which pass for well-formed text until somebody reads them back.
  if (typeof value === "string") return void checkText("A text in a value", value, Number.POSITIVE_INFINITY);
  if (typeof value === "number") {
    if (Number.isFinite(value)) return;
    throw invalid(`${value} cannot stand inside a list or an object; give it as a text or as a parameter of its own.`);
  }
  if (typeof value !== "object") throw invalid(`A value of type ${typeof value} is not JSON.`);
  for (const [key, inner] of Object.entries(value)) {
    checkText("A key in a value", key, Number.POSITIVE_INFINITY);
    checkInside(inner as Json, depth + 1);
  }
}
