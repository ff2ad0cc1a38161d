import { clip, invalid, type TrackerError } from "@cairn/core";
import type { z } from "zod";

/** Problems, and unknown fields, that are told. */
const MAX_SHOWN = 10;

/**
 * What a schema found wrong, in the house's form: place, value, what was expected. The first problem makes the message;
 * all of them (up to ten) are in `details.problems`.
 * @param input what was parsed, for showing the value at fault.
 * @param at where `error` begins within `input`.
 */
export function zodProblem(error: z.ZodError, input: unknown, at: readonly PropertyKey[] = []): TrackerError {
  const problems = error.issues.slice(0, MAX_SHOWN).map((issue) => {
    const path = [...at, ...issue.path];
    return { field: placeOf(path), message: messageOf(issue, path, input) };
  });
  const [first] = problems;
  return invalid(first?.message ?? "Invalid input.", { problems });
}

/** A value for a message: JSON, cut to 80 characters. */
export function showValue(value: unknown): string {
  if (value === undefined) return "nothing";
  // JSON.parse makes them of numbers such as 1e999; who sent one did not write Infinity.
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
    return "a number too large for a double";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return JSON.stringify(clip(value));
  if (Array.isArray(value) && value.length > 20) return `a list of ${value.length}`;
  try {
    return clip(JSON.stringify(value) ?? typeof value);
  } catch {
    // Nested so deeply that writing it out overflows the stack.
    return "a deeply nested value";
  }
}

function messageOf(issue: z.core.$ZodIssue, path: readonly PropertyKey[], input: unknown): string {
  const place = placeOf(path);
  if (issue.code === "unrecognized_keys") {
    const { keys } = issue;
    const names = keys.slice(0, MAX_SHOWN).map((key) => `'${clip(key)}'`);
    if (keys.length > MAX_SHOWN) names.push(`… (${keys.length} in all)`);
    return `Unknown ${keys.length > 1 ? "fields" : "field"} ${names.join(", ")}${place === "" ? "" : ` in '${place}'`}; check the spelling.`;
  }
  const value = valueAt(input, path);
  if (value === undefined && issue.code !== "custom") return `'${place}' is missing: ${expected(issue)}.`;
  return `'${place === "" ? "body" : place}' ${expected(issue)}, not ${showValue(value)}.`;
}

function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${nouns[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "too_big":
      return `must be at most ${issue.maximum}${issue.origin === "string" ? " characters" : issue.origin === "array" ? " items" : ""}`;
    case "too_small":
      return `must be at least ${issue.minimum}${issue.origin === "string" ? " characters" : issue.origin === "array" ? " items" : ""}`;
    case "invalid_union":
      return "has none of the allowed forms";
    case "custom":
      return issue.message;
    default:
      return `is wrong (${issue.message})`;
  }
}

const nouns: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number within ±(2^53-1)",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
  nonoptional: "given",
};

function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((step, i) =>
      typeof step === "number" ? `[${step}]` : i === 0 ? clip(String(step)) : `.${clip(String(step))}`,
    )
    .join("");
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}
