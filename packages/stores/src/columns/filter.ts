import type { Effort, Expression } from "@cairn/core";
import { compileMissing, type Predicate } from "./column.ts";
import type { ColumnView } from "./column-cache.ts";

/** Slots looked at in one go: what they need stays in the nearest caches. */
export const BLOCK = 4096;

/** Keeps, of the first `count` slots of the selection, those for which the expression is true; gives their number. */
export type Filter = (selection: Int32Array, count: number) => number;

/**
 * Compiles an expression over columns. Terms of an AND see only what the terms before them left: what is false or
 * unknown for one of them cannot become true.
 */
export function compileFilter(expression: Expression, view: ColumnView, effort: Effort): Filter {
  if (expression.op === "and") {
    const filters = expression.terms.map((term) => compileFilter(term, view, effort));
    return (selection, count) => {
      let left = count;
      for (const filter of filters) {
        if (left === 0) return 0;
        left = filter(selection, left);
      }
      return left;
    };
  }
  const predicate = compilePredicate(expression, view, effort);
  const truths = new Uint8Array(BLOCK);
  return (selection, count) => {
    predicate(selection, count, truths);
    let left = 0;
    for (let i = 0; i < count; i++) {
      selection[left] = selection[i] as number;
      left += (truths[i] as number) >> 1;
    }
    return left;
  };
}

/** Truth in three values: AND is the least of its terms, OR the greatest, NOT is 2 minus its term. */
function compilePredicate(expression: Expression, view: ColumnView, effort: Effort): Predicate {
  switch (expression.op) {
    case "and":
      return compileJoin(expression.terms, view, effort, 2, (own, other, count) => {
        for (let i = 0; i < count; i++) if ((other[i] as number) < (own[i] as number)) own[i] = other[i] as number;
      });
    case "or":
      return compileJoin(expression.terms, view, effort, 0, (own, other, count) => {
        for (let i = 0; i < count; i++) if ((other[i] as number) > (own[i] as number)) own[i] = other[i] as number;
      });
    case "not": {
      const inner = compilePredicate(expression.term, view, effort);
      return (selection, count, out) => {
        inner(selection, count, out);
        for (let i = 0; i < count; i++) out[i] = 2 - (out[i] as number);
      };
    }
    case "null":
      return compileMissing(view.column(expression.field), expression.negated);
    default:
      return view.column(expression.field).compile(expression, effort);
  }
}

function compileJoin(
  terms: readonly Expression[],
  view: ColumnView,
  effort: Effort,
  neutral: number,
  join: (own: Uint8Array, other: Uint8Array, count: number) => void,
): Predicate {
  const [first, ...rest] = terms.map((term) => compilePredicate(term, view, effort));
  if (first === undefined) return (_, count, out) => out.fill(neutral, 0, count);
  const other = new Uint8Array(BLOCK);
  return (selection, count, out) => {
    first(selection, count, out);
    for (const predicate of rest) {
      predicate(selection, count, other);
      join(out, other, count);
    }
  };
}
