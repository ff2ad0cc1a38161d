import type { Field, Literal } from "./query.ts";
import { typeOfField } from "./resolve-field.ts";
import type { AttributeType, SearchSchema } from "./schema.ts";
import { parseTime } from "./time-text.ts";
import { isKeyword, type TokenReader } from "./token-reader.ts";
import type { Token } from "./tokens.ts";

/** Reads the value that a field is compared with. A time's text becomes ms. */
export function parseLiteral(reader: TokenReader, field: Field, schema: SearchSchema): Literal {
  const token = reader.take();
  const literal = literalOf(token);
  if (literal === undefined) {
    const bare =
      token.kind === "word" ? `A text stands in single quotes: '${token.raw.replaceAll("'", "''")}'.` : undefined;
    throw reader.fail(token, "a value", bare);
  }
  const type = typeOfField(field, schema);
  if (type === "time" && typeof literal === "string") {
    const time = parseTime(literal);
    if (time !== null) return time;
  }
  const refusal = refuseLiteral(literal, type, hintOf(field, schema));
  if (refusal !== null) throw reader.fail(token, refusal.expected, refusal.hint);
  return literal;
}

/** The schema's own hint for a field, if it has one. */
export function hintOf(field: Field, { hints }: SearchSchema): string | undefined {
  return field.kind === "attribute" ? hints?.[field.name] : undefined;
}

/** Why a literal cannot be compared with values of a type; null if it can. */
export function refuseLiteral(
  literal: Literal,
  type: AttributeType | "any",
  hint?: string,
): { expected: string; hint: string } | null {
  if (type === "any" || (type === "time" ? "number" : type) === textualType(literal)) return null;
  switch (type) {
    case "text":
      return { expected: "a text in single quotes", hint: `Write '${String(literal)}'.` };
    case "number":
      return {
        expected: "a number",
        hint: hint ?? "Numbers stand without quotes; NaN, Infinity and -Infinity are numbers.",
      };
    case "time":
      return { expected: "a time", hint: "Write '2024-05-01', '2024-05-01T12:30:00Z' or milliseconds since 1970." };
    case "boolean":
      return { expected: "true or false", hint: "true and false stand without quotes." };
  }
}

function textualType(literal: Literal): AttributeType {
  return typeof literal === "string" ? "text" : (typeof literal as "number" | "boolean");
}

/** A double-quoted word is no field where a value must stand: it is taken for the text that was meant. */
function literalOf(token: Token): Literal | undefined {
  if (token.kind === "text" || token.kind === "number") return token.value;
  if (isKeyword(token, "TRUE")) return true;
  if (isKeyword(token, "FALSE")) return false;
  if (token.kind === "word" && token.segments.length === 1 && token.segments[0]?.quote === '"') {
    return token.segments[0].text;
  }
  return undefined;
}
