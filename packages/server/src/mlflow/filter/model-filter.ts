import type { Datasets, Expression, Field } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { pythonRepr } from "../proto/python.ts";
import { type Clause, parseClauses } from "./clauses.ts";
import { attributes, type ModelIdentifier, parseModelIdentifier } from "./model-fields.ts";
import { isList, readNumber, readText, readTexts } from "./operands.ts";
import { joinAnd, toExpression } from "./to-expression.ts";

const numericComparators = ["<", "<=", ">", ">=", "=", "!="];
const textComparators = ["=", "!=", "LIKE", "ILIKE", "IN", "NOT IN"];

const states: Readonly<Record<string, string>> = {
  PENDING: "pending",
  READY: "ready",
  FAILED: "failed",
  LOGGED_MODEL_PENDING: "pending",
  LOGGED_MODEL_READY: "ready",
  LOGGED_MODEL_UPLOAD_FAILED: "failed",
};

/**
 * MLflow's filter for logged models → core's search AST; undefined for an empty one without datasets. A metric matches if
 * any of its points does, on one of the datasets if there are some; datasets without a metric ask for any point on them.
 * @throws WireError
 */
export function parseModelFilter(filter: string, datasets: Datasets): Expression | undefined {
  const clauses = parseClauses(filter).map((clause) => ({ clause, identifier: parseModelIdentifier(clause.name) }));
  const measured = datasets.length === 0 ? undefined : datasets;
  const terms = clauses.map(({ clause, identifier }) => readClause(clause, identifier, measured));
  const hasMetric = clauses.some(({ identifier }) => identifier.entity === "metrics");
  if (measured === undefined || hasMetric) return joinAnd(terms);
  const anyPoint: Expression = {
    op: "null",
    field: { kind: "point", key: null, datasets: measured },
    negated: true,
  };
  return joinAnd([...terms, anyPoint]);
}

function readClause({ name, comparator, value }: Clause, identifier: ModelIdentifier, datasets?: Datasets): Expression {
  const { entity, key } = identifier;
  const attribute = entity === "attributes" ? (attributes[key] ?? key) : undefined;
  const isNumeric = entity === "metrics" || attribute === "created" || attribute === "updated";
  const valid = isNumeric ? numericComparators : textComparators;
  if (!valid.includes(comparator)) {
    const list = valid.map(pythonRepr).join(", ");
    throw invalidValue(
      `Invalid comparison operator for ${entity}.${key}: ${pythonRepr(comparator)}. Expected one of (${list}).`,
    );
  }
  if (isNumeric) {
    const field: Field =
      attribute === undefined
        ? { kind: "point", key, ...(datasets && { datasets }) }
        : { kind: "attribute", name: attribute };
    return toExpression(field, comparator, readNumber(value, name));
  }
  const operand = value !== null && isList(value) ? readTexts(value) : readText(value, name);
  if (attribute === undefined)
    return toExpression({ kind: entity === "tags" ? "tag" : "parameter", key }, comparator, operand);
  const field: Field = { kind: "attribute", name: attribute };
  if (attribute !== "state") return toExpression(field, comparator, operand);
  const stateOf = (text: string) => states[text] ?? text;
  return toExpression(field, comparator, typeof operand === "string" ? stateOf(operand) : operand.map(stateOf));
}
