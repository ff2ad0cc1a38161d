/** A piece of a query text that may be unfinished. */
export interface Piece {
  readonly kind: "word" | "text" | "number" | "sign" | "odd";
  readonly start: number;
  readonly end: number;
  readonly raw: string;
}

const patterns: readonly (readonly [Piece["kind"], RegExp])[] = [
  ["text", /'(?:[^']|'')*(?:'|$)/y],
  ["number", /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}\p{M}_\-/:@])/uy],
  [
    "word",
    /(?:[\p{L}\p{N}\p{M}_\-/:@]+|"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$))(?:\.(?:[\p{L}\p{N}\p{M}_\-/:@]+|"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$))?)*/uy,
  ],
  ["sign", /<=|>=|<>|!=|==|[=<>(),!]/y],
];

/** Takes a query text apart without ever complaining: it may be in the middle of being typed. */
export function scanQuery(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    let piece: Piece = { kind: "odd", start: at, end: at + 1, raw: text.charAt(at) };
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = at;
      const raw = pattern.exec(text)?.[0];
      if (raw === undefined || raw === "") continue;
      piece = { kind, start: at, end: at + raw.length, raw };
      break;
    }
    pieces.push(piece);
    at = piece.end;
  }
  return pieces;
}
