import type { Effort } from "./effort.ts";
import type { Forms } from "./forms.ts";
import { compileLike } from "./like.ts";
import type { CompareTerm, Comparison, InTerm, LikeTerm, Literal } from "./query.ts";
import { compareText } from "./text-order.ts";

/** A comparison as a test of one present value. */
export type ValueTest = (value: Forms) => boolean;

/**
 * What `=`, `IN`, `LIKE` … mean for a value that is there; missing values are the caller's.
 * @param effort of the search that the term belongs to; the test throws `invalid` once it is spent.
 */
export function compileTest(term: CompareTerm | InTerm | LikeTerm, effort: Effort): ValueTest {
  if (term.op === "compare") return compileCompare(term.comparison, term.value);
  const test = term.op === "in" ? compileIn(term.values) : compileLikeTest(term, effort);
  return term.negated ? (value) => !test(value) : test;
}

function compileCompare(comparison: Comparison, literal: Literal): ValueTest {
  if (typeof literal === "number") {
    const test = compileNumberTest(comparison, literal);
    return (value) => (value.number === null ? comparison === "!=" : test(value.number));
  }
  if (typeof literal === "boolean") {
    if (comparison === "=") return (value) => value.boolean === literal;
    if (comparison === "!=") return (value) => value.boolean !== literal;
    return () => false;
  }
  if (comparison === "=") return (value) => value.text === literal;
  if (comparison === "!=") return (value) => value.text !== literal;
  const accepts = orderTests[comparison];
  return (value) => value.text !== null && accepts(compareText(value.text, literal));
}

const orderTests: Record<"<" | "<=" | ">" | ">=", (order: number) => boolean> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

/** NaN equals NaN, and is neither below nor above anything; -0 equals 0. */
export function compileNumberTest(comparison: Comparison, literal: number): (value: number) => boolean {
  switch (comparison) {
    case "=":
      return Number.isNaN(literal) ? Number.isNaN : (value) => value === literal;
    case "!=":
      return Number.isNaN(literal) ? (value) => !Number.isNaN(value) : (value) => value !== literal;
    case "<":
      return (value) => value < literal;
    case "<=":
      return (value) => value <= literal;
    case ">":
      return (value) => value > literal;
    case ">=":
      return (value) => value >= literal;
  }
}

function compileIn(values: readonly Literal[]): ValueTest {
  const accepted = new Set(values);
  return ({ number, text, boolean }) =>
    (number !== null && accepted.has(number)) ||
    (text !== null && accepted.has(text)) ||
    (boolean !== null && accepted.has(boolean));
}

function compileLikeTest(term: LikeTerm, effort: Effort): ValueTest {
  const test = compileLike(term.pattern, term.ignoreCase, effort);
  return ({ text }) => text !== null && test(text);
}
