import type { Comparison, Expression, Field, Literal } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { pythonSet } from "../proto/python.ts";

export const numericComparators = [">", ">=", "!=", "=", "<", "<="] as const;
export const textComparators = ["!=", "=", "LIKE", "ILIKE"] as const;
export const listComparators = ["IN", "NOT IN"] as const;
export const nullComparators = ["IS NULL", "IS NOT NULL"] as const;

export function checkComparator(comparator: string, valid: readonly string[]): void {
  if (valid.includes(comparator)) return;
  throw invalidValue(`Invalid comparator '${comparator}' not one of '${pythonSet(valid)}'`);
}

/** One checked comparison → core's search AST. */
export function toExpression(field: Field, comparator: string, value: Literal | readonly Literal[] | null): Expression {
  switch (comparator) {
    case "IS NULL":
    case "IS NOT NULL":
      return { op: "null", field, negated: comparator === "IS NOT NULL" };
    case "IN":
    case "NOT IN":
      return { op: "in", field, values: value as readonly Literal[], negated: comparator === "NOT IN" };
    case "LIKE":
    case "ILIKE":
      return { op: "like", field, pattern: value as string, ignoreCase: comparator === "ILIKE", negated: false };
    default:
      return { op: "compare", field, comparison: comparator as Comparison, value: value as Literal };
  }
}

/** Undefined = everything. */
export function joinAnd(terms: readonly Expression[]): Expression | undefined {
  return terms.length > 1 ? { op: "and", terms } : terms[0];
}
