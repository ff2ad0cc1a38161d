import { invalid, type TrackerError } from "../errors.ts";
import { clip } from "../ids.ts";
import { MAX_QUERY_LENGTH } from "./limits.ts";

/** A piece of an identifier: the pieces of `metrics."val/loss".min` are metrics, val/loss (in double quotes) and min. */
export interface Segment {
  readonly text: string;
  readonly quote: "" | '"' | "`";
}

/** `start` and `end` are places in the text; `raw` is what stands there. */
export type Token = { readonly start: number; readonly raw: string } & (
  | { readonly kind: "word"; readonly segments: readonly Segment[] }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "sign"; readonly sign: string }
  | { readonly kind: "end" }
);

const space = /\s+/y;
const number = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const namedNumber = /[+-]?(?:nan|infinity|inf)(?![\p{L}\p{N}\p{M}_\-/:@.])/iuy;
const bare = /[\p{L}\p{N}\p{M}_\-/:@]+/uy;
const sign = /<=|>=|<>|!=|==|[=<>(),]/y;
const quoted = {
  "'": /'(?:[^']|'')*'(?!')/y,
  '"': /"(?:[^"]|"")*"(?!")/y,
  "`": /`(?:[^`]|``)*`(?!`)/y,
} as const;

/** True for a key that needs no quotes. */
export function isBareKey(text: string): boolean {
  return /^[\p{L}\p{N}\p{M}_\-/:@]+(?:\.[\p{L}\p{N}\p{M}_\-/:@]+)*$/u.test(text);
}

/** @throws invalid at the first thing that is no token, and for a text over 64 K characters. */
export function readTokens(text: string): Token[] {
  if (text.length > MAX_QUERY_LENGTH) {
    throw invalid(`A query has at most ${MAX_QUERY_LENGTH} characters, not ${text.length}. Ask for less at once.`, {
      length: text.length,
    });
  }
  const tokens: Token[] = [];
  let at = 0;
  while (true) {
    at += take(space, text, at)?.length ?? 0;
    const token = readToken(text, at);
    tokens.push(token);
    if (token.kind === "end") return tokens;
    at += token.raw.length;
  }
}

function readToken(text: string, start: number): Token {
  const char = text.charAt(start);
  if (char === "") return { kind: "end", start, raw: "" };
  if (char === "'") {
    const raw = takeQuoted(text, start, "'");
    return { kind: "text", start, raw, value: unquote(raw) };
  }
  const digits = take(number, text, start);
  if (digits !== null) return readNumber(text, start, digits);
  const name = take(namedNumber, text, start);
  if (name !== null) return { kind: "number", start, raw: name, value: namedValue(name) };
  const raw = take(sign, text, start);
  if (raw !== null) return { kind: "sign", start, raw, sign: raw };
  if (char === '"' || char === "`" || take(bare, text, start) !== null) return readWord(text, start);
  const found = String.fromCodePoint(text.codePointAt(start) ?? 0);
  throw failAt(text, start, found, "a field, an operator or a value");
}

function readNumber(text: string, start: number, raw: string): Token {
  const tail = take(bare, text, start + raw.length);
  const value = Number(raw);
  if (tail !== null || !Number.isFinite(value)) {
    throw failAt(text, start, raw + (tail ?? ""), "a number", "A text stands in single quotes.");
  }
  return { kind: "number", start, raw, value: value === 0 ? 0 : value };
}

function namedValue(raw: string): number {
  if (/nan$/i.test(raw)) return Number.NaN;
  return raw.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function readWord(text: string, start: number): Token {
  const segments: Segment[] = [];
  let at = start;
  while (true) {
    const char = text.charAt(at);
    if (char === '"' || char === "`") {
      const raw = takeQuoted(text, at, char);
      segments.push({ text: unquote(raw), quote: char });
      at += raw.length;
    } else {
      const raw = take(bare, text, at);
      if (raw === null) {
        throw failAt(text, at, describe(text, at), "the rest of the name", "Put odd names into double quotes.");
      }
      segments.push({ text: raw, quote: "" });
      at += raw.length;
    }
    if (text.charAt(at) !== ".") return { kind: "word", start, raw: text.slice(start, at), segments };
    at++;
  }
}

function describe(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? "the end" : String.fromCodePoint(code);
}

function take(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function takeQuoted(text: string, start: number, quote: keyof typeof quoted): string {
  const raw = take(quoted[quote], text, start);
  if (raw !== null) return raw;
  throw failAt(text, start, text.slice(start), `a closing ${quote}`, `A ${quote} inside is written twice.`);
}

function unquote(raw: string): string {
  const quote = raw.charAt(0);
  return raw.slice(1, -1).replaceAll(quote + quote, quote);
}

/** Hints repeat names of the query, which may be as long as the query. */
const MAX_HINT = 500;

/** The one shape of a parser's complaint. `position` counts UTF-16 units from 0; the message counts from 1. */
export function failAt(text: string, position: number, found: string, expected: string, hint?: string): TrackerError {
  const what = found === "" || position >= text.length ? "the end" : `'${clip(found, 40)}'`;
  const message = `In the query at character ${position + 1}: expected ${expected}, found ${what}.`;
  const advice = hint === undefined ? undefined : clip(hint, MAX_HINT);
  return invalid(advice === undefined ? message : `${message} ${advice}`, {
    position,
    found: position >= text.length ? null : clip(found, 40),
    expected,
    ...(advice === undefined ? {} : { hint: advice }),
  });
}
