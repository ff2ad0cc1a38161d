import { createEffort, type Effort } from "./effort.ts";
import type { Expression } from "./query.ts";
import { isManyField, type ManyField, readForms, readMany, type SearchRecord, type SingleField } from "./record.ts";
import { compileTest, type ValueTest } from "./value-test.ts";

/** Kleene's three values, so ordered that AND is the least, OR the greatest, and NOT is 2 minus it. */
export type Truth = 0 | 1 | 2;
export const FALSE: Truth = 0;
export const UNKNOWN: Truth = 1;
export const TRUE: Truth = 2;

/** The judge of search: does the record fulfil the expression? Unknown (a missing value) is not yes. */
export function matches(expression: Expression | null, record: SearchRecord): boolean {
  return compileMatcher(expression)(record);
}

/** `matches` for many records of one search: patterns and lists are prepared once, and share one effort. */
export function compileMatcher(expression: Expression | null): (record: SearchRecord) => boolean {
  if (expression === null) return () => true;
  const judge = compileTruth(expression, createEffort());
  return (record) => judge(record) === TRUE;
}

function compileTruth(expression: Expression, effort: Effort): (record: SearchRecord) => Truth {
  const compile = (term: Expression) => compileTruth(term, effort);
  switch (expression.op) {
    case "and":
      return compileAll(expression.terms.map(compile), TRUE, FALSE, (a, b) => (a < b ? a : b));
    case "or":
      return compileAll(expression.terms.map(compile), FALSE, TRUE, (a, b) => (a > b ? a : b));
    case "not": {
      const term = compile(expression.term);
      return (record) => (2 - term(record)) as Truth;
    }
    case "null": {
      const { field, negated } = expression;
      if (isManyField(field)) return (record) => truth((readMany(record, field).length === 0) !== negated);
      return (record) => truth((readForms(record, field) === null) !== negated);
    }
    default: {
      const test = compileTest(expression, effort);
      return isManyField(expression.field) ? judgeMany(expression.field, test) : judgeOne(expression.field, test);
    }
  }
}

function compileAll(
  terms: readonly ((record: SearchRecord) => Truth)[],
  neutral: Truth,
  decisive: Truth,
  join: (a: Truth, b: Truth) => Truth,
): (record: SearchRecord) => Truth {
  return (record) => {
    let result = neutral;
    for (const term of terms) {
      result = join(result, term(record));
      if (result === decisive) break;
    }
    return result;
  };
}

function judgeOne(field: SingleField, test: ValueTest): (record: SearchRecord) => Truth {
  return (record) => {
    const value = readForms(record, field);
    return value === null ? UNKNOWN : truth(test(value));
  };
}

function judgeMany(field: ManyField, test: ValueTest): (record: SearchRecord) => Truth {
  return (record) => truth(readMany(record, field).some(test));
}

function truth(value: boolean): Truth {
  return value ? TRUE : FALSE;
}
