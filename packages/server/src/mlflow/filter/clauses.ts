import { clip } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { pythonRepr } from "../proto/python.ts";
import { isWord, type Token, tokenize } from "./tokens.ts";

/** `key op value`, not yet understood. */
export interface Clause {
  /** The left side as it stands. */
  readonly name: string;
  /** Upper case: `=`, `!=`, `LIKE`, `NOT IN`, `IS NULL` … */
  readonly comparator: string;
  /** One token; those between the parentheses of a list; none for `IS [NOT] NULL`. */
  readonly value: Token | readonly Token[] | null;
}

const MAX_FILTER = 65_536;

/**
 * Parses MLflow's filter: comparisons joined by AND; no OR, no parentheses but those of a list.
 * @throws WireError in MLflow's words, naming the tokens that form no comparison.
 */
export function parseClauses(filter: string): Clause[] {
  if (filter.length > MAX_FILTER)
    throw invalidValue(`A filter has at most ${MAX_FILTER} characters, not ${filter.length}.`);
  const tokens = tokenize(filter);
  const end = tokens.findIndex(({ source }) => source === ";");
  if (end >= 0 && end < tokens.length - 1) {
    throw invalidValue(
      `Search filter contained multiple expression ${pythonRepr(clip(filter, 1000))}. Provide AND-ed expression list.`,
    );
  }
  const clauses: Clause[] = [];
  const bad: Token[] = [];
  for (const part of splitAtAnd(tokens)) {
    const clause = readClause(part);
    if (clause === undefined) bad.push(...part);
    else clauses.push(clause);
  }
  if (bad.length === 0) return clauses;
  throw invalidValue(
    `Invalid clause(s) in filter string: ${clip(bad.map(({ source }) => `'${source}'`).join(", "), 1000)}`,
  );
}

/** An AND with nothing beside it is passed over, as MLflow does. */
function splitAtAnd(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (isWord(token, "AND")) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

function readClause(tokens: readonly Token[]): Clause | undefined {
  const [first, ...rest] = tokens;
  if (first === undefined) return undefined;
  const tail = readTail(rest);
  if (tail === undefined) return undefined;
  if (first.kind === "name") return { name: first.source, ...tail };
  if (first.kind !== "number" && first.kind !== "text") return undefined;
  throw invalidValue(`Invalid comparison clause. Expected 'Identifier' found '${clip(first.source)}'`);
}

function readTail(tokens: readonly Token[]): Omit<Clause, "name"> | undefined {
  const [first, second, third] = tokens;
  if (isWord(first, "IS")) {
    if (tokens.length === 2 && isWord(second, "NULL")) return { comparator: "IS NULL", value: null };
    const isNot = tokens.length === 3 && isWord(second, "NOT") && isWord(third, "NULL");
    return isNot ? { comparator: "IS NOT NULL", value: null } : undefined;
  }
  const negated = isWord(first, "NOT");
  const [operator, ...operand] = negated ? tokens.slice(1) : tokens;
  const comparator = operator?.source.toUpperCase() ?? "";
  const prefix = negated ? "NOT " : "";
  if (comparator === "IN") {
    const inside = readList(operand);
    return inside && { comparator: `${prefix}IN`, value: inside };
  }
  const isOperator = operator?.kind === "operator" ? !negated : ["LIKE", "ILIKE", "RLIKE"].includes(comparator);
  const [value] = operand;
  if (!isOperator || operand.length !== 1 || value === undefined || !isOperand(value)) return undefined;
  return { comparator: `${prefix}${comparator}`, value };
}

function isOperand({ kind }: Token): boolean {
  return kind === "name" || kind === "text" || kind === "number";
}

function readList(tokens: readonly Token[]): readonly Token[] | undefined {
  if (tokens.length < 2 || tokens[0]?.source !== "(" || tokens.at(-1)?.source !== ")") return undefined;
  const inside = tokens.slice(1, -1);
  return inside.some(({ source }) => source === "(" || source === ")") ? undefined : inside;
}
