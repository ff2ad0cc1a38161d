import type { TrackerError } from "../errors.ts";
import type { Field } from "./query.ts";
import { resolveField } from "./resolve-field.ts";
import type { SearchSchema } from "./schema.ts";
import { failAt, readTokens, type Token } from "./tokens.ts";

/** Walks over a query's tokens. Keywords are words without quotes, in any case. */
export interface TokenReader {
  readonly next: Token;
  take(): Token;
  /** Takes the keyword if it is next. */
  takeKeyword(keyword: string): boolean;
  /** Takes the sign if it is next. */
  takeSign(sign: string): boolean;
  expectKeyword(keyword: string): void;
  expectSign(sign: string): void;
  expectEnd(expected: string): void;
  takeField(): Field;
  fail(token: Token, expected: string, hint?: string): TrackerError;
}

export function createTokenReader(text: string, schema: SearchSchema): TokenReader {
  const tokens = readTokens(text);
  const end = tokens[tokens.length - 1] as Token;
  let at = 0;
  const peek = () => tokens[at] ?? end;
  const take = () => {
    const token = peek();
    at++;
    return token;
  };
  const fail = (token: Token, expected: string, hint?: string) => failAt(text, token.start, token.raw, expected, hint);
  const takeIf = (found: boolean) => {
    if (found) at++;
    return found;
  };
  const takeKeyword = (keyword: string) => takeIf(isKeyword(peek(), keyword));
  const takeSign = (sign: string) => {
    const token = peek();
    return takeIf(token.kind === "sign" && token.sign === sign);
  };
  return {
    get next() {
      return peek();
    },
    take,
    takeKeyword,
    takeSign,
    expectKeyword(keyword) {
      if (!takeKeyword(keyword)) throw fail(peek(), keyword);
    },
    expectSign(sign) {
      if (!takeSign(sign)) throw fail(peek(), `'${sign}'`);
    },
    expectEnd(expected) {
      if (peek().kind !== "end") throw fail(peek(), expected);
    },
    takeField() {
      const token = take();
      if (token.kind === "text") throw fail(token, "a field", "Names of fields stand in double quotes or backticks.");
      if (token.kind !== "word") throw fail(token, "a field");
      const resolved = resolveField(token.segments, schema);
      if ("field" in resolved) return resolved.field;
      throw fail(token, resolved.expected, resolved.hint);
    },
    fail,
  };
}

export function isKeyword(token: Token, keyword: string): boolean {
  if (token.kind !== "word" || token.segments.length !== 1) return false;
  const [segment] = token.segments;
  return segment?.quote === "" && segment.text.toUpperCase() === keyword;
}
