import type { Json } from "@cairn/core";
import { sha256 } from "./sha256.ts";

/**
 * What is the same thing: the same name with the same parameters, in whatever order they were given.
 * @returns 64 hex digits.
 */
export function hashOf(name: string, parameters: Json): string {
  return sha256(`${JSON.stringify(name)} ${canonical(parameters)}`);
}

/** JSON with the keys of objects in order; NaN and ±Infinity by their names. */
function canonical(value: Json): string {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
}
