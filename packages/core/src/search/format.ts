import type { Datasets, Expression, Field, Literal, Order } from "./query.ts";
import { isManyField } from "./record.ts";
import { isBareKey } from "./tokens.ts";

/**
 * Writes an expression as query text; `parseQuery` reads it back as the same expression. Times come as ms.
 * What has no text form is written so that no parser takes it: an `and` or `or` without terms as `(AND)` or `(OR)`,
 * conditions on a metric's datasets as ` ON [[name, digest], …]`, the points of all metrics as `points.*`.
 */
export function formatQuery(expression: Expression): string {
  return write(expression, 0);
}

/** Writes an order as text; `parseOrder` reads it back. */
export function formatOrder(orders: readonly Order[]): string {
  return orders
    .map((order) => formatField(order.field) + (order.text ? " AS TEXT" : "") + (order.descending ? " DESC" : ""))
    .join(", ");
}

/** Writes a field with quotes where it needs them. */
export function formatField(field: Field): string {
  switch (field.kind) {
    case "attribute":
      return /^[a-z]+$/.test(field.name) ? field.name : quoteName(field.name);
    case "metric": {
      const key = isBareKey(field.key) && !/\.(latest|min|max)$/.test(field.key) ? field.key : quoteName(field.key);
      return `metrics.${key}${field.stat === "latest" ? "" : `.${field.stat}`}${writeDatasets(field.datasets)}`;
    }
    case "point": {
      const key = field.key === null ? "*" : isBareKey(field.key) ? field.key : quoteName(field.key);
      return `points.${key}${writeDatasets(field.datasets)}`;
    }
    case "parameter":
      return `params.${isBareKey(field.key) ? field.key : quoteName(field.key)}`;
    case "tag":
      return `tags.${isBareKey(field.key) ? field.key : quoteName(field.key)}`;
    case "dataset":
      return `dataset.${field.name}`;
    case "label":
      return "label";
  }
}

/** Level 0 = anything may stand bare, 1 = inside OR, 2 = inside AND, 3 = after NOT. */
function write(expression: Expression, level: number): string {
  switch (expression.op) {
    case "and":
    case "or": {
      const word = expression.op.toUpperCase();
      const [only] = expression.terms;
      if (only === undefined) return `(${word})`;
      if (expression.terms.length === 1) return write(only, level);
      const own = expression.op === "or" ? 1 : 2;
      const text = expression.terms.map((term) => write(term, own)).join(` ${word} `);
      return level >= own ? `(${text})` : text;
    }
    case "not":
      return writeNone(expression.term) ?? `NOT ${write(expression.term, 3)}`;
    case "null":
      return `${formatField(expression.field)} IS ${expression.negated ? "NOT " : ""}NULL`;
    default:
      return writeTerm(expression, negates(expression) && isManyField(expression.field) ? "ANY " : "");
  }
}

type Term = Extract<Expression, { op: "compare" | "in" | "like" }>;

function negates(term: Term): boolean {
  return term.op === "compare" ? term.comparison === "!=" : term.negated;
}

/** `not (label = 'x')` is written as the text language says it: `label != 'x'`. */
function writeNone(term: Expression): string | null {
  if (term.op !== "compare" && term.op !== "in" && term.op !== "like") return null;
  if (!isManyField(term.field) || negates(term)) return null;
  if (term.op !== "compare") return writeTerm({ ...term, negated: true }, "");
  return term.comparison === "=" ? writeTerm({ ...term, comparison: "!=" }, "") : null;
}

function writeTerm(term: Term, prefix: string): string {
  const field = prefix + formatField(term.field);
  const not = term.op !== "compare" && term.negated ? "NOT " : "";
  switch (term.op) {
    case "compare":
      return `${field} ${term.comparison} ${writeLiteral(term.value)}`;
    case "in":
      return `${field} ${not}IN (${term.values.map(writeLiteral).join(", ")})`;
    case "like":
      return `${field} ${not}${term.ignoreCase ? "ILIKE" : "LIKE"} ${writeLiteral(term.pattern)}`;
  }
}

function writeLiteral(literal: Literal): string {
  return typeof literal === "string" ? `'${literal.replaceAll("'", "''")}'` : String(literal);
}

function writeDatasets(datasets: Datasets | undefined): string {
  return datasets === undefined ? "" : ` ON ${JSON.stringify(datasets.map(({ name, digest }) => [name, digest]))}`;
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
