import { invalid } from "../errors.ts";
import { clip } from "../ids.ts";
import { formatField } from "./format.ts";
import { MAX_ORDER_KEYS, MAX_QUERY_DEPTH, MAX_QUERY_TERMS, MAX_QUERY_VALUES } from "./limits.ts";
import { hintOf, refuseLiteral } from "./parse-literal.ts";
import type { Expression, Field, Literal, Order } from "./query.ts";
import { isManyField } from "./record.ts";
import { refuseField, typeOfField } from "./resolve-field.ts";
import { runSchema, type SearchSchema } from "./schema.ts";

/**
 * Holds an expression that did not come from `parseQuery` (a caller's AST, already of the right shape) against the
 * same bounds and types; gives it back unchanged.
 *
 * @throws invalid for an unknown field, a literal of the wrong type, too much nesting or too many terms.
 */
export function checkExpression(expression: Expression, schema: SearchSchema = runSchema): Expression {
  let terms = 0;
  let values = 0;
  const check = (part: Expression, depth: number): void => {
    if (depth > MAX_QUERY_DEPTH) throw invalid(`A query may nest ${MAX_QUERY_DEPTH} levels deep; this one is deeper.`);
    if ("terms" in part) {
      if (part.terms.length === 0) throw invalid(`A query's ${part.op} needs at least one term.`);
      for (const term of part.terms) check(term, depth + 1);
      return;
    }
    if (part.op === "not") {
      check(part.term, depth + 1);
      return;
    }
    terms++;
    checkField(part.field, schema);
    if (part.op === "compare") checkLiteral(part.field, part.value, part.comparison, schema);
    if (part.op === "like") checkLiteral(part.field, part.pattern, "LIKE", schema);
    if (part.op === "in") {
      values += part.values.length;
      for (const value of part.values) checkLiteral(part.field, value, "=", schema);
    }
    if (terms > MAX_QUERY_TERMS) throw invalid(`A query holds at most ${MAX_QUERY_TERMS} comparisons.`);
    if (values > MAX_QUERY_VALUES) throw invalid(`A query's lists hold at most ${MAX_QUERY_VALUES} values.`);
  };
  check(expression, 0);
  return expression;
}

/** The same for an order. @throws invalid also for a field of many values, or one that stands twice. */
export function checkOrder(orders: readonly Order[], schema: SearchSchema = runSchema): readonly Order[] {
  const seen = new Set<string>();
  for (const { field } of orders) {
    checkField(field, schema);
    const name = formatField(field);
    if (isManyField(field))
      throw invalid(`There may be many values of '${name}', so it cannot be an order.`, { field: name });
    if (seen.has(name)) throw invalid(`The order names '${clip(name)}' twice.`, { field: clip(name) });
    seen.add(name);
  }
  if (orders.length > MAX_ORDER_KEYS) throw invalid(`An order has at most ${MAX_ORDER_KEYS} fields.`);
  return orders;
}

function checkField(field: Field, schema: SearchSchema): void {
  const refusal = refuseField(field, schema);
  if (refusal === null) return;
  const name = clip(formatField(field));
  throw invalid(`'${name}' is no field of ${schema.noun}. ${refusal}`, { field: name, hint: refusal });
}

function checkLiteral(field: Field, literal: Literal, operator: string, schema: SearchSchema): void {
  const type = typeOfField(field, schema);
  const refusal = refuseLiteral(literal, type, hintOf(field, schema));
  const name = clip(formatField(field));
  if (refusal !== null) {
    throw invalid(`'${name}' takes ${refusal.expected}, not ${clip(JSON.stringify(literal))}. ${refusal.hint}`, {
      field: name,
    });
  }
  if (typeof literal === "boolean" && operator !== "=" && operator !== "!=") {
    throw invalid(`'${name}' cannot be compared by ${operator} with ${literal}: true and false take = and != only.`);
  }
}
