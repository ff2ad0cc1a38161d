import { MAX_ORDER_KEYS } from "./limits.ts";
import type { Order } from "./query.ts";
import { isManyField } from "./record.ts";
import { runSchema, type SearchSchema } from "./schema.ts";
import { createTokenReader } from "./token-reader.ts";

/**
 * Reads an order: fields by commas, each with ASC (the default) or DESC; `AS TEXT` before it orders a parameter or tag
 * by its text alone. An empty text gives no key: newest first.
 *
 * @throws invalid as `parseQuery` does; also for a field of many values, or one that stands twice.
 * @example
 * parseOrder("metrics.loss.min, params.\"model/depth\" DESC");
 */
export function parseOrder(text: string | readonly string[], schema: SearchSchema = runSchema): Order[] {
  const orders: Order[] = [];
  const seen = new Set<string>();
  for (const part of typeof text === "string" ? [text] : text) {
    const reader = createTokenReader(part, schema);
    if (reader.next.kind === "end") continue;
    let isSaid = false;
    do {
      const place = reader.next;
      const field = reader.takeField();
      if (isManyField(field)) throw reader.fail(place, "a field of one value", "There may be many of these.");
      const name = JSON.stringify(field);
      if (seen.has(name)) throw reader.fail(place, "each field once");
      if (seen.add(name).size > MAX_ORDER_KEYS) throw reader.fail(place, `at most ${MAX_ORDER_KEYS} fields`);
      const asText = reader.takeKeyword("AS");
      if (asText) reader.expectKeyword("TEXT");
      const descending = reader.takeKeyword("DESC");
      isSaid = descending || reader.takeKeyword("ASC");
      orders.push(asText ? { field, descending, text: true } : { field, descending });
    } while (reader.takeSign(","));
    reader.expectEnd(isSaid ? "a comma or the end" : "ASC, DESC, a comma or the end");
  }
  return orders;
}
