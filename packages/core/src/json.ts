/** What JSON can say. Parameter values, metadata and module parameters are of this type. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A JSON value as the text that wires and searches see: a string as it is, anything else as compact JSON.
 * NaN and ±Infinity are kept by their names (`NaN`, `Infinity`, `-Infinity`), because JSON has no word for them.
 */
export function jsonText(value: Json): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return JSON.stringify(value);
}

/** Text that our own rows keep as a JSON object. */
export function decodeObject(text: string): Readonly<Record<string, Json>> {
  return JSON.parse(text) as Record<string, Json>;
}
