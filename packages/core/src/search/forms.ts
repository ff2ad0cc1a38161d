import { type Json, jsonText } from "../json.ts";

/**
 * The forms in which one present value may be compared: a literal meets the form of its own type, and a value without
 * that form is unequal to it, neither below nor above it.
 */
export interface Forms {
  readonly number: number | null;
  readonly text: string | null;
  readonly boolean: boolean | null;
}

const plainNumberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const named: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  nan: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  inf: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
};

/** The number that a text plainly is, as JSON or Python writes it (`0.1`, `-1e-3`, `nan`, `inf`); null for any other text. */
export function plainNumber(text: string): number | null {
  if (plainNumberPattern.test(text)) return Number(text);
  return Object.hasOwn(named, text) ? (named[text] as number) : null;
}

function plainBoolean(text: string): boolean | null {
  if (text === "true" || text === "True") return true;
  if (text === "false" || text === "False") return false;
  return null;
}

/** A parameter: its JSON text, and the number or boolean that it is, or that its text plainly is. */
export function jsonForms(value: Json): Forms {
  if (typeof value === "string") return tagForms(value);
  const text = jsonText(value);
  return {
    number: typeof value === "number" ? value : null,
    text,
    boolean: typeof value === "boolean" ? value : null,
  };
}

/** A tag: a text, and the number or boolean that it plainly is. */
export function tagForms(text: string): Forms {
  return { number: plainNumber(text), text, boolean: plainBoolean(text) };
}

/** A text attribute, a label, a part of a dataset: text and nothing else. */
export function textForms(text: string): Forms {
  return { number: null, text, boolean: null };
}

export function numberForms(number: number): Forms {
  return { number, text: null, boolean: null };
}

export function booleanForms(boolean: boolean): Forms {
  return { number: null, text: null, boolean };
}
