import { clip, type Expression, type Field } from "@cairn/core";
import { checkExperimentId } from "../checks.ts";
import { invalidValue } from "../errors.ts";
import { type Clause, parseClauses } from "./clauses.ts";
import { attributes, parseExperimentIdentifier } from "./experiment-fields.ts";
import { isList, readNumber, readText, readTexts } from "./operands.ts";
import {
  checkComparator,
  joinAnd,
  listComparators,
  nullComparators,
  numericComparators,
  textComparators,
  toExpression,
} from "./to-expression.ts";

/** MLflow's filter for experiments → core's search AST; undefined for an empty one. @throws WireError */
export function parseExperimentFilter(filter: string): Expression | undefined {
  return joinAnd(parseClauses(filter).map(readClause));
}

function readClause({ name, comparator, value }: Clause): Expression {
  const { entity, key } = parseExperimentIdentifier(name);
  if (entity === "tag") {
    const text = value === null ? null : readText(value, "tag (e.g. 'my-value')");
    checkComparator(comparator, [...textComparators, ...nullComparators]);
    return toExpression({ kind: "tag", key }, comparator, text);
  }
  if (value === null) {
    throw invalidValue(`IS NULL / IS NOT NULL is only supported for tags, not for attribute '${clip(key)}'`);
  }
  const field: Field = { kind: "attribute", name: attributes[key] ?? key };
  if (key === "experiment_id") {
    const ids = isList(value)
      ? readTexts(value).map(checkExperimentId)
      : checkExperimentId(readText(value, "attributes"));
    checkComparator(comparator, ["=", "!=", ...listComparators]);
    return toExpression(field, comparator, ids);
  }
  if (key !== "name") {
    const time = readNumber(value, `numeric attribute: ${key}`);
    checkComparator(comparator, numericComparators);
    if (!Number.isInteger(time)) throw invalidValue(`Invalid value for numeric attribute '${key}': '${time}'`);
    return toExpression(field, comparator, time);
  }
  if (isList(value)) {
    throw invalidValue("Only ['experiment_id'] attributes support comparison with a list of quoted string values.");
  }
  const text = readText(value, "attributes");
  checkComparator(comparator, textComparators);
  return toExpression(field, comparator, text);
}
