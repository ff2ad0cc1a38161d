import { invalid } from "../errors.ts";
import { checkWhole } from "../limits.ts";
import type { SearchInput } from "../services.ts";
import { checkExpression, checkOrder } from "./check-expression.ts";
import { parseQuery } from "./parse.ts";
import { parseOrder } from "./parse-order.ts";
import type { Lifecycle, RunSearch } from "./query.ts";
import {
  checkpointSchema,
  experimentSchema,
  modelSchema,
  runSchema,
  type SearchSchema,
  versionSchema,
} from "./schema.ts";

/** The most items of one page. */
export const MAX_PAGE = 50_000;
const DEFAULT_PAGE = 50;
const lifecycles: readonly Lifecycle[] = ["active", "deleted", "all"];
const schemas = {
  run: runSchema,
  experiment: experimentSchema,
  checkpoint: checkpointSchema,
  model: modelSchema,
  version: versionSchema,
} as const satisfies Readonly<Record<string, SearchSchema>>;

/** What a caller asks → what a search does, with texts parsed and defaults filled in. @throws invalid */
export function readSearch(noun: keyof typeof schemas, input: SearchInput): Omit<RunSearch, "experiments"> {
  const { filter = "", order = [], lifecycle = "active" } = input;
  const schema: SearchSchema = schemas[noun];
  if (!lifecycles.includes(lifecycle))
    throw invalid(`lifecycle is ${lifecycles.join(", ")}, not '${String(lifecycle)}'.`);
  return {
    filter: typeof filter === "string" ? parseQuery(filter, schema) : checkExpression(filter, schema),
    order: typeof order === "string" ? parseOrder(order, schema) : checkOrder(order, schema),
    lifecycle,
    limit: checkWhole("A limit", input.limit ?? DEFAULT_PAGE, 1, MAX_PAGE),
    cursor: input.cursor ?? null,
  };
}
