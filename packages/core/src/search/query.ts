import type { DatasetName } from "../datasets/dataset.ts";

/** What a search can ask about. `SearchSchema` says which of these a noun has. */
export type Field =
  | { readonly kind: "attribute"; readonly name: string }
  | {
      readonly kind: "metric";
      readonly key: string;
      readonly stat: MetricStat;
      readonly datasets?: Datasets | undefined;
    }
  | { readonly kind: "point"; readonly key: string | null; readonly datasets?: Datasets | undefined }
  | { readonly kind: "parameter"; readonly key: string }
  | { readonly kind: "tag"; readonly key: string }
  | { readonly kind: "dataset"; readonly name: DatasetPart }
  | { readonly kind: "label" };

/** Only points measured on one of these, for nouns whose points name datasets. All points when left out. */
export type Datasets = readonly DatasetName[];
export type MetricStat = "latest" | "min" | "max";
export type DatasetPart = "name" | "digest" | "context";
export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type Literal = string | number | boolean;

/**
 * The one search AST, for all nouns. A comparison with a missing value is neither true nor false (SQL's NULL), and
 * `not` keeps that. A run has many labels and datasets: a comparison on those is true if any one of them fulfils it,
 * else false, and so for the points of a metric (those of all metrics where `key` is null); so "no label is x" is `not (label = x)`, while `label != x` is "has a label that is not x".
 * `and` and `or` have at least two terms; with fewer they mean their only term, or true and false.
 */
export type Expression =
  | { readonly op: "and" | "or"; readonly terms: readonly Expression[] }
  | { readonly op: "not"; readonly term: Expression }
  | CompareTerm
  | InTerm
  | LikeTerm
  | { readonly op: "null"; readonly field: Field; readonly negated: boolean };

export interface CompareTerm {
  readonly op: "compare";
  readonly field: Field;
  readonly comparison: Comparison;
  /** For attributes that are times: ms since 1970-01-01 UTC. */
  readonly value: Literal;
}

export interface InTerm {
  readonly op: "in";
  readonly field: Field;
  readonly values: readonly Literal[];
  readonly negated: boolean;
}

export interface LikeTerm {
  readonly op: "like";
  readonly field: Field;
  /** `%` any stretch, `_` any one character; a backslash before `%`, `_` or a backslash takes away its meaning. */
  readonly pattern: string;
  readonly ignoreCase: boolean;
  readonly negated: boolean;
}

export interface Order {
  readonly field: Field;
  readonly descending: boolean;
  /** Parameters and tags order numbers first, by size, then texts. With `text` they order by their text alone. */
  readonly text?: boolean;
}

/** Which of the living and the soft-deleted are asked for. */
export type Lifecycle = "active" | "deleted" | "all";

export interface RunSearch {
  /** Experiments to look in; null = all. An empty list finds nothing. */
  readonly experiments: readonly number[] | null;
  readonly lifecycle: Lifecycle;
  readonly filter: Expression | null;
  /** The last, implicit key is the row number, newest first. */
  readonly order: readonly Order[];
  /** At least 1. */
  readonly limit: number;
  readonly cursor: string | null;
  /** Rows of the order to pass over; 0 when left out. Not together with a cursor. */
  readonly offset?: number | undefined;
  /** Asks how many rows match in all. */
  readonly count?: boolean | undefined;
}

/** What a search answers: row numbers of the page in order, and the cursor of the next page. */
export interface Found {
  readonly rows: readonly number[];
  readonly next: string | null;
  /** All rows that match, wherever the page begins; only there when the search asked for the count. */
  readonly total?: number;
}
