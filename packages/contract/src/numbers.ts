import type { Json } from "@cairn/core";

/**
 * A number on the JSON wire. JSON has no word for NaN and the infinities, so their names stand for them, in both
 * directions, in metric values and as the value of a parameter.
 */
export type WireNumber = number | "NaN" | "Infinity" | "-Infinity";

/** `NaN`, `Infinity` and `-Infinity` by name, every other number as it is. */
export function encodeNumber(value: number): WireNumber {
  return Number.isFinite(value) ? value : (String(value) as WireNumber);
}

export function decodeNumber(value: WireNumber): number {
  return typeof value === "number" ? value : Number(value);
}

export function isNumberName(text: unknown): text is "NaN" | "Infinity" | "-Infinity" {
  return text === "NaN" || text === "Infinity" || text === "-Infinity";
}

/**
 * A parameter's value with a non-finite number by its name. Core refuses such numbers inside lists and objects, so only
 * the value itself can be one.
 */
export function encodeValue(value: Json): Json {
  return typeof value === "number" ? encodeNumber(value) : value;
}

/** The reverse of `encodeValue`. The text "NaN" cannot be told from the number: it becomes the number. */
export function decodeValue(value: Json): Json {
  return isNumberName(value) ? Number(value) : value;
}
