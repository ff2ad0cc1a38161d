import { clip, MAX_ORDER_KEYS, type Order } from "@cairn/core";
import { invalidValue } from "../errors.ts";
import { attributes } from "./model-fields.ts";

export interface ModelOrderBy {
  readonly field_name: string;
  readonly ascending?: boolean | undefined;
  readonly dataset_name?: string | undefined;
  readonly dataset_digest?: string | undefined;
}

/** MLflow's order of logged models → core's. After the keys asked for: newest first, then model id. @throws WireError */
export function parseModelOrder(clauses: readonly ModelOrderBy[]): Order[] {
  if (clauses.length > MAX_ORDER_KEYS - 2) {
    throw invalidValue(`\`order_by\` has at most ${MAX_ORDER_KEYS - 2} keys, not ${clauses.length}.`);
  }
  const orders = new Map<string, Order>();
  for (const clause of clauses) {
    const order: Order = { field: fieldOf(clause), descending: clause.ascending === false };
    const key = JSON.stringify(order.field);
    // What is ordered already cannot be ordered again: a field named twice counts once.
    if (!orders.has(key)) orders.set(key, order);
  }
  for (const [name, descending] of [
    ["created", true],
    ["id", false],
  ] as const) {
    const field = { kind: "attribute", name } as const;
    const key = JSON.stringify(field);
    if (!orders.has(key)) orders.set(key, { field, descending });
  }
  return [...orders.values()];
}

function fieldOf({ field_name: name, dataset_name, dataset_digest }: ModelOrderBy): Order["field"] {
  const dot = name.indexOf(".");
  if (dot < 0) {
    if (Object.hasOwn(attributes, name)) return { kind: "attribute", name: attributes[name] as string };
    throw invalidValue(`Invalid order by field name: ${clip(name)}`);
  }
  if (name.slice(0, dot) !== "metrics") {
    throw invalidValue(`Invalid order by field name: ${clip(name)}. Only metrics are supported.`);
  }
  const field = { kind: "metric", key: name.slice(dot + 1), stat: "latest" } as const;
  if (!dataset_name) {
    if (!dataset_digest) return field;
    throw invalidValue("`dataset_name` in the `order_by` clause must be specified where `dataset_digest` is.");
  }
  return { ...field, datasets: [{ name: dataset_name, digest: dataset_digest || null }] };
}
