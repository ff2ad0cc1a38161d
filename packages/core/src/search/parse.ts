import { MAX_QUERY_DEPTH, MAX_QUERY_TERMS, MAX_QUERY_VALUES } from "./limits.ts";
import { parseLiteral } from "./parse-literal.ts";
import type { CompareTerm, Comparison, Expression, Field, InTerm, LikeTerm, Literal } from "./query.ts";
import { isManyField } from "./record.ts";
import { typeOfField } from "./resolve-field.ts";
import { runSchema, type SearchSchema } from "./schema.ts";
import { createTokenReader, type TokenReader } from "./token-reader.ts";

/**
 * Reads a query text (docs/design/search-grammar.md). An empty text asks for everything: null.
 *
 * @throws invalid with `position`, `found`, `expected` and mostly a `hint` in its details.
 * @example
 * parseQuery("metrics.acc > 0.9 AND params.lr = '0.1'");
 * parseQuery("label != 'bad' AND NOT (state IN ('failed', 'killed') OR metrics.\"val/loss\".min > 2)");
 */
export function parseQuery(text: string, schema: SearchSchema = runSchema): Expression | null {
  const reader = createTokenReader(text, schema);
  if (reader.next.kind === "end") return null;
  const expression = createParser(reader, schema)();
  reader.expectEnd("AND, OR or the end");
  return expression;
}

function createParser(reader: TokenReader, schema: SearchSchema): () => Expression {
  let depth = 0;
  let terms = 0;
  let values = 0;

  /** Recursion goes through here alone, so that no text can exhaust the stack. */
  function nested<T>(parse: () => T): T {
    if (++depth > MAX_QUERY_DEPTH) {
      throw reader.fail(reader.next, `at most ${MAX_QUERY_DEPTH} levels of parentheses and NOT`);
    }
    const result = parse();
    depth--;
    return result;
  }

  function parseChain(op: "and" | "or", parse: () => Expression): Expression {
    const first = parse();
    const chain = [first];
    while (reader.takeKeyword(op.toUpperCase())) chain.push(parse());
    return chain.length === 1 ? first : { op, terms: chain };
  }

  const parseOr = () => parseChain("or", parseAnd);
  const parseAnd = () => parseChain("and", parseNot);

  function parseNot(): Expression {
    if (reader.takeKeyword("NOT")) return { op: "not", term: nested(parseNot) };
    if (!reader.takeSign("(")) return parseTerm();
    const inner = nested(parseOr);
    reader.expectSign(")");
    return inner;
  }

  function parseTerm(): Expression {
    if (++terms > MAX_QUERY_TERMS) throw reader.fail(reader.next, `at most ${MAX_QUERY_TERMS} comparisons`);
    const any = reader.takeKeyword("ANY");
    const start = reader.next;
    const field = reader.takeField();
    if (any && !isManyField(field)) throw reader.fail(start, "label or a part of dataset after ANY");
    if (reader.takeKeyword("IS")) {
      const negated = reader.takeKeyword("NOT");
      reader.expectKeyword("NULL");
      return { op: "null", field, negated };
    }
    const term = parseComparison(field);
    return any || !isManyField(field) ? term : noneForNegation(term);
  }

  function parseComparison(field: Field): CompareTerm | InTerm | LikeTerm {
    const negated = reader.takeKeyword("NOT");
    if (reader.takeKeyword("IN")) return { op: "in", field, values: parseValues(field), negated };
    const type = typeOfField(field, schema);
    for (const [keyword, ignoreCase] of [
      ["LIKE", false],
      ["ILIKE", true],
    ] as const) {
      const token = reader.next;
      if (!reader.takeKeyword(keyword)) continue;
      if (type !== "text" && type !== "any")
        throw reader.fail(token, "=, !=, <, <=, > or >=", `${keyword} is for texts.`);
      return { op: "like", field, pattern: String(parseText(field)), ignoreCase, negated };
    }
    const token = reader.take();
    const comparison = !negated && token.kind === "sign" ? comparisons[token.sign] : undefined;
    if (comparison === undefined) {
      throw reader.fail(token, negated ? "IN, LIKE or ILIKE" : "=, !=, <, <=, >, >=, IN, LIKE, ILIKE, NOT or IS");
    }
    const place = reader.next;
    const value = parseLiteral(reader, field, schema);
    if (typeof value === "boolean" && comparison !== "=" && comparison !== "!=") {
      throw reader.fail(place, "a value with an order", "true and false take = and != only.");
    }
    return { op: "compare", field, comparison, value };
  }

  function parseText(field: Field): Literal {
    const token = reader.next;
    const value = parseLiteral(reader, field, schema);
    if (typeof value !== "string") throw reader.fail(token, "a pattern in single quotes");
    return value;
  }

  function parseValues(field: Field): Literal[] {
    reader.expectSign("(");
    const list: Literal[] = [];
    do {
      if (++values > MAX_QUERY_VALUES) throw reader.fail(reader.next, `at most ${MAX_QUERY_VALUES} values in lists`);
      list.push(parseLiteral(reader, field, schema));
    } while (reader.takeSign(","));
    reader.expectSign(")");
    return list;
  }

  return parseOr;
}

const comparisons: Readonly<Record<string, Comparison>> = {
  "=": "=",
  "==": "=",
  "!=": "!=",
  "<>": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

/** In text, `label != 'x'` says that no label is x. */
function noneForNegation(term: CompareTerm | InTerm | LikeTerm): Expression {
  if (term.op === "compare") {
    return term.comparison === "!=" ? { op: "not", term: { ...term, comparison: "=" } } : term;
  }
  return term.negated ? { op: "not", term: { ...term, negated: false } } : term;
}
