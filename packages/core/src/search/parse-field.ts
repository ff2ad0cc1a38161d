import type { Field } from "./query.ts";
import { runSchema, type SearchSchema } from "./schema.ts";
import { createTokenReader } from "./token-reader.ts";

/**
 * Reads one field, written as a query writes it.
 *
 * @throws invalid as `parseQuery` does.
 * @example
 * parseField('metrics."val/loss".min'); // { kind: "metric", key: "val/loss", stat: "min" }
 */
export function parseField(text: string, schema: SearchSchema = runSchema): Field {
  const reader = createTokenReader(text, schema);
  const field = reader.takeField();
  reader.expectEnd("the end");
  return field;
}
