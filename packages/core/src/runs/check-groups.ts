import { invalid } from "../errors.ts";
import { clip } from "../ids.ts";
import { checkItems, checkName, checkWhole, MAX_ITEMS, MAX_KEY_LENGTH } from "../limits.ts";
import { readSearch } from "../search/input.ts";
import type { RunChoice } from "../search/keys.ts";
import { parseField } from "../search/parse-field.ts";
import type { Field } from "../search/query.ts";
import type { GroupsInput } from "../services.ts";
import { type GroupOrder, groupOrders } from "./groups.ts";

/** What the query is asked, checked. */
export interface GroupsQuery extends RunChoice {
  readonly by: Field;
  readonly metrics: readonly string[];
  readonly order: GroupOrder;
  readonly limit: number;
  readonly offset: number;
}

const MAX_METRICS = 50;
const DEFAULT_LIMIT = 100;

/** @throws invalid; too_large for more than 50 metrics. */
export function checkGroups(input: GroupsInput): GroupsQuery {
  const { by, metrics = [], order = "runs", filter, lifecycle } = input;
  if (typeof by !== "string")
    throw invalid("Say by which field to group, such as params.model.", { by: clip(String(by)) });
  if (!groupOrders.includes(order)) throw invalid(`order is ${groupOrders.join(", ")}, not '${clip(String(order))}'.`);
  checkItems("metrics of a group", metrics.length, MAX_METRICS);
  const search = readSearch("run", { filter, lifecycle });
  return {
    experiments: input.experiments ?? null,
    lifecycle: search.lifecycle,
    filter: search.filter,
    by: parseField(by),
    metrics: metrics.map((key) => checkName("A metric's key", key, MAX_KEY_LENGTH)),
    order,
    limit: checkWhole("A limit", input.limit ?? DEFAULT_LIMIT, 1, MAX_ITEMS),
    offset: checkWhole("An offset", input.offset ?? 0, 0),
  };
}
