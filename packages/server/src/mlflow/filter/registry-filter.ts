import { clip, type Expression, type Field } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { IS_PROMPT } from "../registry/prompts.ts";
import { type Clause, parseClauses } from "./clauses.ts";
import { isList, readNumber, readText, readTexts } from "./operands.ts";
import { type Attributes, modelAttributes, parseRegistryIdentifier, versionAttributes } from "./registry-fields.ts";
import { joinAnd, listComparators, numericComparators, textComparators, toExpression } from "./to-expression.ts";

/** Attributes that take a list. */
const listed = ["name", "run_id"];
const promptTag: Field = { kind: "tag", key: IS_PROMPT };

/**
 * MLflow's filter for registered models → core's search AST. Prompts are left out unless the filter asks for them.
 * @throws WireError in MLflow's words.
 */
export function parseModelFilter(filter: string): Expression | undefined {
  return parseFilter(filter, modelAttributes);
}

/** The same for versions. */
export function parseVersionFilter(filter: string): Expression | undefined {
  return parseFilter(filter, versionAttributes);
}

interface Term {
  readonly isOfPrompts: boolean;
  readonly clause: Clause;
  readonly expression: Expression;
}

function parseFilter(filter: string, attributes: Attributes): Expression | undefined {
  const terms = parseClauses(filter).map((clause): Term => {
    const { entity, key } = parseRegistryIdentifier(clause.name, attributes);
    const isOfPrompts = entity === "tag" && key === IS_PROMPT;
    if (entity === "tag") return { isOfPrompts, clause, expression: readTag(key, clause) };
    return { isOfPrompts, clause, expression: readAttribute(key, clause, attributes) };
  });
  if (asksForPrompts(terms)) return joinAnd(terms.map(({ expression }) => expression));
  const others = terms.filter(({ isOfPrompts }) => !isOfPrompts);
  return joinAnd([...others.map(({ expression }) => expression), noPrompt]);
}

/** A model without the tag is none. */
const noPrompt: Expression = {
  op: "or",
  terms: [
    { op: "null", field: promptTag, negated: false },
    { op: "compare", field: promptTag, comparison: "!=", value: "true" },
  ],
};

/** The first clause on the tag says what is wanted; any other is passed over, for what has no such tag is no prompt. */
function asksForPrompts(terms: readonly Term[]): boolean {
  const first = terms.find(({ isOfPrompts }) => isOfPrompts)?.expression;
  if (first?.op !== "compare") return false;
  const value = String(first.value).toLowerCase();
  return first.comparison === "=" ? value === "true" : value === "false";
}

function readTag(key: string, { comparator, value }: Clause): Expression {
  if (value === null || isList(value)) throw badComparator("tag", comparator);
  const text = readText(value, "tag (e.g. 'my-value')");
  checkKnown("tag", comparator, textComparators);
  return toExpression({ kind: "tag", key }, comparator, text);
}

function readAttribute(key: string, { comparator, value }: Clause, attributes: Attributes): Expression {
  const field: Field = { kind: "attribute", name: attributes[key] ?? key };
  if (value === null) throw badComparator("attribute", comparator);
  if (key === "version_number") {
    if (!(numericComparators as readonly string[]).includes(comparator))
      throw badComparator(`attribute ${key}`, comparator);
    const number = readNumber(value, `numeric attribute: ${key}`);
    if (!Number.isSafeInteger(number)) throw invalidValue(`Invalid value for numeric attribute '${key}': ${number}`);
    return toExpression(field, comparator, number);
  }
  if (isList(value)) {
    if (!listed.includes(key)) {
      throw invalidValue("Only ['name', 'run_id'] attributes support comparison with a list of quoted string values.");
    }
    checkKnown("attribute", comparator, listComparators);
    return toExpression(field, comparator, readTexts(value));
  }
  if (value.kind === "number" && attributes === versionAttributes) {
    throw invalidValue(
      `Only the '{'creation_timestamp', 'last_updated_timestamp', 'version_number'}' attributes support comparison with numeric values.`,
    );
  }
  const text = readText(value, "attributes");
  checkKnown("attribute", comparator, textComparators);
  return toExpression(field, comparator, text);
}

function checkKnown(what: string, comparator: string, valid: readonly string[]): void {
  if (!valid.includes(comparator)) throw badComparator(what, comparator);
}

function badComparator(what: string, comparator: string): Error {
  return invalidValue(`Invalid comparator for ${what}: ${clip(comparator)}`);
}
