import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkExpression, checkOrder } from "./check-expression.ts";
import type { CompareTerm, Expression, Field } from "./query.ts";
import { experimentSchema } from "./schema.ts";
import { anyExpression, anyOrder } from "./testing.ts";

const name: Field = { kind: "attribute", name: "name" };
const isA: CompareTerm = { op: "compare", field: name, comparison: "=", value: "a" };

test("whatever query text can say is taken from a caller's AST too", () => {
  fc.assert(fc.property(anyExpression, (expression) => assert.equal(checkExpression(expression), expression)));
  fc.assert(fc.property(anyOrder, (order) => assert.equal(checkOrder(order), order)));
});

test("what query text cannot say is refused: nesting, unknown fields, literals of the wrong type", () => {
  let deep: Expression = isA;
  for (let i = 0; i < 50_000; i++) deep = { op: "not", term: deep };
  assert.throws(() => checkExpression(deep), /100 levels/);
  assert.throws(() => checkExpression({ op: "and", terms: [] }), /at least one term/);
  assert.throws(() => checkExpression({ op: "or", terms: Array(1001).fill(isA) }), /at most 1000 comparisons/);
  assert.throws(
    () => checkExpression({ op: "in", field: name, values: Array(10_001).fill("a"), negated: false }),
    /10000 values/,
  );
  assert.throws(
    () => checkExpression({ ...isA, field: { kind: "attribute", name: "constructor" } }),
    /'"?constructor"?' is no field of a run/,
  );
  assert.throws(
    () => checkExpression({ ...isA, field: { kind: "label" } }, experimentSchema),
    /no label in an experiment/,
  );
  assert.throws(() => checkExpression({ ...isA, value: 3 }), /'name' takes a text in single quotes, not 3/);
  assert.throws(
    () => checkExpression({ ...isA, comparison: "<", field: { kind: "tag", key: "x" }, value: true }),
    /= and != only/,
  );
});

test("an order of labels, or of one field twice, is refused", () => {
  assert.throws(() => checkOrder([{ field: { kind: "label" }, descending: false }]), /many values/);
  assert.throws(
    () =>
      checkOrder([
        { field: name, descending: false },
        { field: name, descending: true },
      ]),
    /'name' twice/,
  );
});
