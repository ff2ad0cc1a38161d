import type { Group } from "./groups.ts";
import type { KeyCounts, KeyKind, RunChoice } from "./keys.ts";
import type { Field, Found, RunSearch } from "./query.ts";

/**
 * Finds runs. `match.ts` is the judge: every implementation must give exactly the rows that it gives, in that order.
 * Text compares by code point, LIKE is case-sensitive, ILIKE folds A–Z, NaN comes after numbers and missing values last
 * (in both directions).
 */
export interface RunSearcher {
  /** @throws invalid for a bad cursor. */
  search(search: RunSearch): Found;
  /** How many of the runs have each key. */
  keys(choice: RunChoice, kinds: readonly KeyKind[]): KeyCounts;
  /** The runs by the values of a field, in any order, with the latest values of metrics over each group. */
  groups(
    choice: RunChoice,
    by: Field,
    metrics: readonly string[],
  ): { readonly runs: number; readonly groups: readonly Group[] };
}
