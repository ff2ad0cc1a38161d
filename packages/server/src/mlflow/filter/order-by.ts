import { clip, MAX_ORDER_KEYS, MAX_QUERY_LENGTH } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { isWord, tokenize } from "./tokens.ts";

export interface OrderClause {
  readonly name: string;
  readonly descending: boolean;
}

/** @throws WireError for more keys than core orders by. */
export function checkOrderCount(clauses: readonly string[]): void {
  if (clauses.length <= MAX_ORDER_KEYS) return;
  throw invalidValue(`\`order_by\` has at most ${MAX_ORDER_KEYS} keys, not ${clauses.length}.`);
}

/** `key [ASC|DESC]` @throws WireError in MLflow's words. */
export function parseOrderBy(clause: string): OrderClause {
  if (clause.length > MAX_QUERY_LENGTH)
    throw invalidValue(`An order_by clause has at most ${MAX_QUERY_LENGTH} characters, not ${clause.length}.`);
  const [name, direction, ...rest] = tokenize(clause);
  if (name?.kind !== "name" || rest.length > 0 || (direction !== undefined && direction.kind !== "name")) {
    throw invalidValue(`Invalid order_by clause '${clip(clause, 1000)}'. Could not be parsed.`);
  }
  if (direction !== undefined && !isWord(direction, "ASC") && !isWord(direction, "DESC")) {
    throw invalidValue(`Invalid ordering key in order_by clause '${clip(clause, 1000)}'.`);
  }
  return { name: name.source, descending: isWord(direction, "DESC") };
}
