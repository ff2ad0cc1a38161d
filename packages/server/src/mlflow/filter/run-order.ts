import { clip, type Order } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { pythonList } from "../proto/python.ts";
import { parseIdentifier } from "./identifiers.ts";
import { checkOrderCount, parseOrderBy } from "./order-by.ts";
import { canonicalKey, fieldOf, orderKeys } from "./run-fields.ts";

/** MLflow's order of runs → core's. After the keys asked for: newest start first, then run id. */
export function parseRunOrder(clauses: readonly string[]): Order[] {
  checkOrderCount(clauses);
  const orders = new Map<string, Order>();
  for (const clause of clauses) {
    const { name, descending } = parseOrderBy(clause);
    const identifier = parseIdentifier(name, orderKeys);
    if (identifier.entity === "dataset") throw invalidValue("Invalid identifier type 'dataset'");
    const field = fieldOf(identifier);
    const key = JSON.stringify([identifier.entity, canonicalKey(identifier.key)]);
    if (orders.has(key))
      throw invalidValue(
        `\`order_by\` contains duplicate fields: ${pythonList(clauses.map((each) => clip(each, 1000)))}`,
      );
    orders.set(key, { field, descending });
  }
  const given = [...orders.values()];
  const has = (attribute: string) => given.some(({ field }) => field.kind === "attribute" && field.name === attribute);
  const byStart: Order = { field: { kind: "attribute", name: "started" }, descending: true };
  const byId: Order = { field: { kind: "attribute", name: "id" }, descending: false };
  return [...given, ...(has("started") ? [] : [byStart]), ...(has("id") ? [] : [byId])];
}
