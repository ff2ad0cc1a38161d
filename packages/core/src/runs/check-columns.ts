import { invalid } from "../errors.ts";
import { checkText, checkWhole, MAX_ITEMS, MAX_KEY_LENGTH } from "../limits.ts";
import { readSearch } from "../search/input.ts";
import { type KeyKind, keyKinds, type RunChoice } from "../search/keys.ts";
import type { ColumnsInput } from "../services.ts";

/** What the query is asked, checked. */
export interface ColumnsQuery extends RunChoice {
  readonly kinds: readonly KeyKind[];
  readonly contains: string;
  readonly limit: number;
}

const DEFAULT_LIMIT = 2000;

/** @throws invalid */
export function checkColumns(input: ColumnsInput): ColumnsQuery {
  const { filter, lifecycle, kinds = keyKinds, contains = "", limit = DEFAULT_LIMIT } = input;
  const search = readSearch("run", { filter, lifecycle });
  for (const kind of kinds) {
    if (!keyKinds.includes(kind)) throw invalid(`A kind of column is ${keyKinds.join(", ")}, not '${String(kind)}'.`);
  }
  return {
    experiments: input.experiments ?? null,
    lifecycle: search.lifecycle,
    filter: search.filter,
    kinds,
    contains: checkText("The text to look for", contains, MAX_KEY_LENGTH),
    limit: checkWhole("A limit", limit, 1, MAX_ITEMS),
  };
}
