import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkExpression, checkOrder, modelSchema, versionSchema } from "@cairn/core";
import fc from "fast-check";
import { WireError } from "../errors.ts";
import { parseModelFilter, parseVersionFilter } from "./registry-filter.ts";
import { parseModelOrder, parseVersionOrder } from "./registry-order.ts";

const piece = fc.oneof(
  fc.constantFrom("name", "version_number", "run_id", "source_path", "tags.a", "tags.`mlflow.prompt.is_prompt`"),
  fc.constantFrom("attribute.name", "params.x", "`", '"', "(", ")", ",", ";", "IS NULL"),
  fc.constantFrom("=", "!=", "<", ">=", "LIKE", "ILIKE", "IN", "NOT IN", "AND", "OR"),
  fc.constantFrom("'a'", "'true'", '"false"', "1", "1.5", "-3", "1e400", "('a', 'b')", "NULL"),
  fc.string(),
);
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(" "));

/** Whatever comes, core takes what comes out, or the refusal is in words. */
function isTakenOrRefused(act: () => void): void {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof WireError, String(error));
    assert.equal(error.code, "INVALID_PARAMETER_VALUE");
  }
}

describe("the registry's filters and orders", () => {
  it("give what core takes, or a worded refusal, for any text", () => {
    fc.assert(
      fc.property(text, (filter) => {
        isTakenOrRefused(() => {
          const expression = parseModelFilter(filter);
          if (expression !== undefined) checkExpression(expression, modelSchema);
        });
        isTakenOrRefused(() => {
          const expression = parseVersionFilter(filter);
          if (expression !== undefined) checkExpression(expression, versionSchema);
        });
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), (clauses) => {
        isTakenOrRefused(() => void checkOrder(parseModelOrder(clauses), modelSchema));
        isTakenOrRefused(() => void checkOrder(parseVersionOrder(clauses), versionSchema));
      }),
    );
  });

  it("order versions by the last change, then name and number, when nothing is asked", () => {
    const by = (name: string, descending: boolean) => ({ field: { kind: "attribute", name }, descending });
    assert.deepEqual(parseVersionOrder([]), [by("updated", true), by("model", false), by("number", true)]);
    assert.deepEqual(parseVersionOrder(["attribute.name DESC"]), [by("model", true), by("number", true)]);
    assert.deepEqual(parseModelOrder([]), [by("name", false)]);
    assert.deepEqual(parseModelOrder(["timestamp DESC"]), [by("updated", true), by("name", false)]);
  });
});
