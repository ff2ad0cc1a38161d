import type { Order } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { attributes, parseExperimentIdentifier } from "./experiment-fields.ts";
import { checkOrderCount, parseOrderBy } from "./order-by.ts";

/** MLflow's order of experiments → core's: newest first and ties by id when none is asked, else ties by the newer id. */
export function parseExperimentOrder(clauses: readonly string[]): Order[] {
  checkOrderCount(clauses);
  const orders: Order[] = [];
  for (const clause of clauses.length === 0 ? ["creation_time DESC", "experiment_id ASC"] : clauses) {
    const { name, descending } = parseOrderBy(clause);
    const { entity, key } = parseExperimentIdentifier(name);
    if (entity !== "attribute") throw invalidValue(`Invalid order_by entity: ${entity}`);
    const field = { kind: "attribute", name: attributes[key] ?? key } as const;
    if (!orders.some((order) => isSame(order, field.name))) orders.push({ field, descending });
  }
  if (!orders.some((order) => isSame(order, "id")))
    orders.push({ field: { kind: "attribute", name: "id" }, descending: true });
  return orders;
}

function isSame({ field }: Order, attribute: string): boolean {
  return field.kind === "attribute" && field.name === attribute;
}
