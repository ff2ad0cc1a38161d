export interface Token {
  readonly kind: "name" | "text" | "number" | "operator" | "punctuation" | "other";
  /** As it stands in the filter, with its quotes. */
  readonly source: string;
}

const word = String.raw`[\p{L}_][\p{L}\p{N}_]*`;
const quoted = String.raw`"(?:""|\\"|[^"])*"`;
const ticked = "`[^`]*`";
const part = `(?:${word}|${quoted}|${ticked})`;

/** An entity and its key, joined by dots: `metrics.loss`, `tags."my tag"`, "params.`a b`". A later part may begin with a digit. */
const namePattern = new RegExp(`${part}(?:\\.(?:[\\p{L}\\p{N}_]+|${quoted}|${ticked}))*`, "uy");

const patterns: readonly (readonly [Token["kind"], RegExp])[] = [
  ["name", namePattern],
  ["text", /'(?:''|\\'|[^'])*'/y],
  ["number", /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_])/uy],
  ["operator", /[<>=!~]+/y],
  ["punctuation", /[(),;]/y],
  // A word that began like a number goes as a whole: digit by digit, each would be tried again as a number to its end.
  ["other", /[\p{L}\p{N}_]+|[^\s]/uy],
];

const blank = /\s+/y;

/** Splits a filter or an order. Never fails: what belongs nowhere is `other`, by the word or character. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    blank.lastIndex = at;
    if (blank.test(text)) {
      at = blank.lastIndex;
      continue;
    }
    const token = readToken(text, at);
    tokens.push(token);
    at += token.source.length;
  }
  return tokens;
}

function readToken(text: string, at: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const source = pattern.exec(text)?.[0];
    if (source) return { kind, source };
  }
  return { kind: "other", source: text.slice(at, at + 1) };
}

/** A word of the grammar (`AND`, `LIKE` …), in any case. */
export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === "name" && token.source.toUpperCase() === word;
}

export function isQuoted(source: string, quote: string): boolean {
  return source.length >= 2 && source.startsWith(quote) && source.endsWith(quote);
}

/** Takes the quotes off, and doubles or backslashes off the quotes within. Undefined when it is not in quotes. */
export function unquote(source: string): string | undefined {
  for (const quote of ["'", '"']) {
    if (isQuoted(source, quote)) {
      return source.slice(1, -1).replaceAll(`${quote}${quote}`, quote).replaceAll(`\\${quote}`, quote);
    }
  }
  return undefined;
}
