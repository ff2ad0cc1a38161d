import { clip, type Order } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { pythonList } from "../proto/python.ts";
import { checkOrderCount, parseOrderBy } from "./order-by.ts";
import { modelOrders, parseRegistryIdentifier, versionOrders } from "./registry-fields.ts";

/** MLflow's order of registered models → core's; ties by name. @throws WireError */
export function parseModelOrder(clauses: readonly string[]): Order[] {
  checkOrderCount(clauses);
  const orders = clauses.map((clause): Order => {
    const { name, descending } = parseOrderBy(clause);
    const field = Object.hasOwn(modelOrders, name) ? modelOrders[name] : undefined;
    if (field !== undefined) return by(field, descending);
    throw invalidValue(`Invalid order by key '${clip(name)}' specified. Valid keys are '{'name', 'timestamp'}'`);
  });
  return complete(orders, [by("name", false)], clauses);
}

/** The same for versions: the last changed first when nothing is asked, ties by name and then the higher number. */
export function parseVersionOrder(clauses: readonly string[]): Order[] {
  checkOrderCount(clauses);
  const asked = clauses.length === 0 ? ["last_updated_timestamp DESC"] : clauses;
  const orders = asked.map((clause): Order => {
    const { name, descending } = parseOrderBy(clause);
    const { entity, key } = parseRegistryIdentifier(name, versionOrders);
    if (entity !== "attribute") throw invalidValue(`Invalid order_by entity: ${entity}`);
    return by(versionOrders[key] ?? key, descending);
  });
  return complete(orders, [by("model", false), by("number", true)], clauses);
}

function by(name: string, descending: boolean): Order {
  return { field: { kind: "attribute", name }, descending };
}

function complete(orders: readonly Order[], ties: readonly Order[], clauses: readonly string[]): Order[] {
  const names = new Set(orders.map(nameOf));
  if (names.size < orders.length)
    throw invalidValue(`\`order_by\` contains duplicate fields: ${clip(pythonList(clauses), 1000)}`);
  return [...orders, ...ties.filter((tie) => !names.has(nameOf(tie)))];
}

function nameOf({ field }: Order): string {
  return field.kind === "attribute" ? field.name : "";
}
