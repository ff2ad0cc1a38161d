import { clip, type Expression } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { pythonList } from "../proto/python.ts";
import { type Clause, parseClauses } from "./clauses.ts";
import { type Identifier, parseIdentifier } from "./identifiers.ts";
import { isList, readNumber, readText, readTexts } from "./operands.ts";
import { attributeKeys, canonicalKey, fieldOf } from "./run-fields.ts";
import {
  checkComparator,
  joinAnd,
  listComparators,
  nullComparators,
  numericComparators,
  textComparators,
  toExpression,
} from "./to-expression.ts";

const numericAttributes = ["start_time", "end_time"];

/**
 * MLflow's filter for runs → core's search AST; undefined for an empty one.
 * @throws WireError in MLflow's words.
 *
 * @example
 * parseRunFilter("metrics.loss < 0.1 AND tags.stage = 'final'")
 */
export function parseRunFilter(filter: string): Expression | undefined {
  return joinAnd(parseClauses(filter).map(readClause));
}

function readClause(clause: Clause): Expression {
  const identifier = parseIdentifier(clause.name, attributeKeys);
  const { comparator, value } = clause;
  if (value === null) return readNull(identifier, comparator);
  switch (identifier.entity) {
    case "metric": {
      const number = readNumber(value, "metric");
      checkComparator(comparator, numericComparators);
      return toExpression(fieldOf(identifier), comparator, number);
    }
    case "parameter":
    case "tag": {
      const text = readText(value, `${identifier.entity} (e.g. 'my-value')`);
      checkComparator(comparator, [...textComparators, ...nullComparators]);
      return toExpression(fieldOf(identifier), comparator, text);
    }
    case "dataset": {
      const operand = isList(value) ? readTexts(value) : readText(value, "dataset attributes");
      checkComparator(comparator, [...textComparators, ...listComparators]);
      return toExpression(fieldOf(identifier), comparator, operand);
    }
    case "attribute":
      return readAttribute(identifier, clause);
  }
}

function readNull(identifier: Identifier, comparator: string): Expression {
  const { entity, key } = identifier;
  if (entity === "tag" || entity === "parameter") return toExpression(fieldOf(identifier), comparator, null);
  throw invalidValue(`IS NULL / IS NOT NULL is only supported for tags and params, not for '${entity}' '${clip(key)}'`);
}

function readAttribute(identifier: Identifier, { comparator, value }: Clause): Expression {
  const key = canonicalKey(identifier.key);
  if (numericAttributes.includes(key)) {
    const number = readNumber(value, `numeric attribute: ${identifier.key}`);
    checkComparator(comparator, numericComparators);
    return toExpression(fieldOf(identifier), comparator, number);
  }
  if (isList(value)) {
    if (key !== "run_id") {
      throw invalidValue(
        `Only ${pythonList(["run_id"])} attributes support comparison with a list of quoted string values.`,
      );
    }
    checkComparator(comparator, listComparators);
    return toExpression(fieldOf(identifier), comparator, readTexts(value));
  }
  const text = readText(value, "attributes");
  checkComparator(comparator, textComparators);
  if (key === "status") return readStatus(comparator, text);
  if (key === "artifact_uri") return readArtifactUri(comparator, text);
  return toExpression(fieldOf(identifier), comparator, text);
}

/** MLflow's words for the states are core's in upper case: a text with a lower-case letter equals none of them. */
function readStatus(comparator: string, text: string): Expression {
  const field = fieldOf({ entity: "attribute", key: "status" });
  if (comparator === "ILIKE") return toExpression(field, comparator, text);
  if (/[a-z]/.test(text)) return toExpression(field, comparator === "!=" ? "NOT IN" : "IN", []);
  return toExpression(field, comparator, text.toLowerCase());
}

/** The URI of a run's artifacts ends in `<run id>/artifacts`, and no other run's does. */
function readArtifactUri(comparator: string, uri: string): Expression {
  if (comparator !== "=" && comparator !== "!=") {
    throw invalidValue(
      `This server compares artifact_uri by = and != only, not by ${comparator}. Filter by run_id instead.`,
    );
  }
  const id = /(?:^|\/)([0-9a-f]{32})\/artifacts$/.exec(uri)?.[1];
  const values = id === undefined ? [] : [id];
  return { op: "in", field: { kind: "attribute", name: "id" }, values, negated: comparator === "!=" };
}
