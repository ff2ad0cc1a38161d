import { literalText } from "../../lib/filter-text.ts";
import { type Piece, scanQuery } from "./scan.ts";

/** A field that may be asked for. */
export interface KnownField {
  /** As a query writes it: `metrics."val loss"`. */
  readonly text: string;
  readonly kind: "attribute" | "metric" | "parameter" | "tag" | "label" | "dataset";
  readonly type: "number" | "text" | "time" | "boolean" | "any";
  /** What is known to stand there, most used first. */
  readonly values?: readonly string[] | undefined;
}

export interface Option {
  /** What is put in. */
  readonly text: string;
  readonly kind: KnownField["kind"] | "operator" | "value" | "keyword";
}

export interface Completion {
  /** The stretch of the text that an option takes the place of. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly Option[];
}

type State = "field" | "operator" | "value" | "list" | "null" | "connective";

const MOST_OPTIONS = 40;
const comparisons = ["=", "!=", "<", "<=", ">", ">="];
const operators: Readonly<Record<KnownField["type"], readonly string[]>> = {
  number: ["<", "<=", ">", ">=", "=", "!=", "IS NULL", "IS NOT NULL"],
  time: [">", ">=", "<", "<=", "IS NULL", "IS NOT NULL"],
  boolean: ["=", "!="],
  text: ["=", "!=", "LIKE", "ILIKE", "IN", "NOT IN", "IS NULL", "IS NOT NULL"],
  any: ["=", "!=", "<", "<=", ">", ">=", "LIKE", "ILIKE", "IN", "IS NULL", "IS NOT NULL"],
};

/**
 * What may be typed at a place of a query (docs/design/search-grammar.md): fields, operators that suit the field, values that
 * are known, AND and OR. The text may be unfinished or wrong elsewhere.
 *
 * @example
 * complete("metrics.lo", 10, fields).options[0].text // "metrics.loss"
 */
export function complete(text: string, caret: number, fields: readonly KnownField[]): Completion {
  const pieces = scanQuery(text);
  const touched = pieces.find(
    ({ kind, start, end }) => start < caret && caret <= end && kind !== "sign" && kind !== "odd",
  );
  const before = pieces.filter(({ end }) => end <= (touched?.start ?? caret));
  const { state, field } = readState(before, fields);
  const typed = touched === undefined ? "" : text.slice(touched.start, caret);
  const from = touched?.start ?? caret;
  return { from, to: touched?.end ?? caret, options: choose(optionsFor(state, field, fields), typed) };
}

function readState(
  pieces: readonly Piece[],
  fields: readonly KnownField[],
): { state: State; field: KnownField | undefined } {
  let state: State = "field";
  let field: KnownField | undefined;
  for (const { kind, raw } of pieces) {
    const word = kind === "word" ? raw.toUpperCase() : "";
    switch (state) {
      case "field":
        if (word === "NOT" || word === "ANY" || raw === "(") break;
        field = findField(raw, fields);
        state = "operator";
        break;
      case "operator":
        if (word === "NOT") break;
        if (word === "IS") state = "null";
        else if (word === "IN") state = "list";
        else state = "value";
        break;
      case "value":
        state = "connective";
        break;
      case "list":
        if (raw === ")") state = "connective";
        break;
      case "null":
        if (word === "NULL") state = "connective";
        break;
      default:
        if (word === "AND" || word === "OR") state = "field";
    }
  }
  return { state, field };
}

function findField(raw: string, fields: readonly KnownField[]): KnownField | undefined {
  const text = raw.replace(/^(metric|param|parameter|parameters|tag|dataset)\b(?=\.)/, (word) => {
    if (word.startsWith("param")) return "params";
    return `${word}s`.replace("datasets", "dataset");
  });
  const bare = text.replace(/\.(latest|min|max)$/, "");
  return fields.find(
    (field) => field.text === text || field.text === bare || (text === "labels" && field.text === "label"),
  );
}

function optionsFor(state: State, field: KnownField | undefined, fields: readonly KnownField[]): readonly Option[] {
  switch (state) {
    case "field":
      return [...fields, { text: "NOT", kind: "keyword" } as const];
    case "operator":
      return operators[field?.type ?? "any"].map((text) => ({ text, kind: "operator" }));
    case "value":
    case "list":
      if (field?.type === "boolean") return ["true", "false"].map((text) => ({ text, kind: "value" }));
      return (field?.values ?? []).map((value) => ({ text: literalText(value), kind: "value" }));
    case "null":
      return ["NULL", "NOT NULL"].map((text) => ({ text, kind: "keyword" }));
    default:
      return ["AND", "OR"].map((text) => ({ text, kind: "keyword" }));
  }
}

/** Those that begin so, then those with it anywhere, in any case. The key of a field counts as its beginning. */
function choose(options: readonly Option[], typed: string): readonly Option[] {
  const wanted = typed.toLowerCase().replace(/^['"`]/, "");
  if (wanted === "") return options.slice(0, MOST_OPTIONS);
  const rank = ({ text }: Option) => {
    const lower = text.toLowerCase().replace(/^'/, "");
    if (lower.startsWith(wanted)) return 0;
    if (
      lower
        .slice(lower.indexOf(".") + 1)
        .replace(/^"/, "")
        .startsWith(wanted)
    )
      return 1;
    return lower.includes(wanted) ? 2 : 3;
  };
  const ranked = options.map((option) => ({ option, rank: rank(option) })).filter((one) => one.rank < 3);
  ranked.sort((a, b) => a.rank - b.rank);
  return ranked.slice(0, MOST_OPTIONS).map(({ option }) => option);
}

/** The text with an option put in, and where the caret is then: behind a space, ready for what follows. */
export function applyOption(text: string, { from, to }: Completion, option: Option): { text: string; caret: number } {
  const rest = text.slice(to).replace(/^ /, "");
  const head = `${text.slice(0, from)}${option.text} `;
  return { text: head + rest, caret: head.length };
}

/** True where a query is so unfinished that nobody wants to hear a complaint yet: its last piece is being typed. */
export function isUnfinished(text: string): boolean {
  const last = scanQuery(text).at(-1);
  if (last === undefined) return false;
  return comparisons.includes(last.raw) || /^(AND|OR|NOT|IN|LIKE|ILIKE|IS)$/i.test(last.raw);
}
