import { clip } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import type { Clause } from "./clauses.ts";
import { type Token, unquote } from "./tokens.ts";

type Operand = Clause["value"];

/** @param what ends the sentence "Expected numeric value type for …". */
export function readNumber(value: Operand, what: string): number {
  if (isToken(value) && value.kind === "number") return Number(value.source);
  throw invalidValue(`Expected numeric value type for ${what}. Found ${show(value)}`);
}

/** @param what ends the sentence "Expected a quoted string value for …". */
export function readText(value: Operand, what: string): string {
  if (isToken(value) && value.kind !== "number") {
    const text = unquote(value.source);
    if (text !== undefined) return text;
    throw invalidValue(
      `Parameter value is either not quoted or unidentified quote types used for string value ${clip(value.source)}. Use either single or double quotes.`,
    );
  }
  throw invalidValue(`Expected a quoted string value for ${what}. Got value ${show(value)}`);
}

const LIST = "While parsing a list in the query,";

export function readTexts(tokens: readonly Token[]): string[] {
  if (tokens.length === 0) {
    throw invalidValue(`${LIST} expected a non-empty list of string values, but got empty list`);
  }
  const items = tokens.filter((_, index) => index % 2 === 0);
  const isSeparated = tokens.every(({ source }, index) => (source === ",") === (index % 2 === 1));
  if (!isSeparated) throw invalidValue(`${LIST} expected a non-empty list of string values, but got ill-formed list.`);
  return items.map((token) => {
    const text = unquote(token.source);
    if (text !== undefined) return text;
    throw invalidValue(
      `${LIST} expected string value, punctuation, or whitespace, but got different type in list: (${clip(items.map(({ source }) => source).join(", "), 1000)})`,
    );
  });
}

export function isList(value: Operand): value is readonly Token[] {
  return Array.isArray(value);
}

function isToken(value: Operand): value is Token {
  return value !== null && !isList(value);
}

function show(value: Operand): string {
  if (value === null) return "NULL";
  return isToken(value) ? clip(value.source) : `(${clip(value.map(({ source }) => source).join(" "))})`;
}
