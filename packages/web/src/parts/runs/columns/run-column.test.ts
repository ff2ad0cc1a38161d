import assert from "node:assert/strict";
import { test } from "node:test";
import { parseField, parseOrder } from "@cairn/core";
import fc from "fast-check";
import { formatColumns, moveColumn, parseColumns, type ShownColumn } from "./column-list.ts";
import { carriedField, columnText, fieldTextOf, parseColumn, type RunColumn, runAttributes } from "./run-column.ts";

const key = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(..."ab.~!,\"`' /éß:@best") });
const column: fc.Arbitrary<RunColumn> = fc.oneof(
  fc.record({ kind: fc.constant("attribute" as const), name: fc.constantFrom(...runAttributes) }),
  fc.constant({ kind: "label" } as const),
  fc.constant({ kind: "dataset" } as const),
  fc.record({ kind: fc.constantFrom("parameter" as const, "tag" as const), key }),
  fc.record({
    kind: fc.constant("metric" as const),
    key: fc.oneof(key, fc.constantFrom("loss.best", "loss.min", "best", "a.latest.best")),
    stat: fc.constantFrom("latest" as const, "min" as const, "max" as const, "best" as const),
  }),
);

test("a column survives its text, whatever its key holds", () => {
  fc.assert(fc.property(column, (each) => assert.deepEqual({ ...parseColumn(columnText(each)) }, { ...each })));
});

test("all of a table's columns survive the address: pins, widths, commas and quotes in keys", () => {
  const shown: fc.Arbitrary<ShownColumn> = fc.record({
    column,
    isPinned: fc.boolean(),
    width: fc.integer({ min: 56, max: 900 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(shown, { selector: (one) => columnText(one.column), maxLength: 8 }), (columns) => {
      const sorted = [...columns].sort((a, b) => Number(b.isPinned) - Number(a.isPinned));
      assert.deepEqual(parseColumns(formatColumns(columns)), structuredClone(sorted));
    }),
  );
});

test("what a column sorts by and carries is what the server understands", () => {
  fc.assert(
    fc.property(column, (each) => {
      const field = fieldTextOf(each);
      if (field !== undefined) assert.equal(parseOrder(field).length, 1);
      const carried = carriedField(each);
      if (carried !== undefined && carried !== "labels" && carried !== "inputs") assert.ok(parseField(carried));
    }),
  );
});

test("nonsense and doubles in an address are passed over", () => {
  const texts = parseColumns("name,,nmae,metrics.,name~90,!state,params.lr~,foo.bar,labels").map(({ column: one }) =>
    columnText(one),
  );
  assert.deepEqual(texts, ["state", "name", "labels"]);
});

test("best is the least of a loss and the greatest of an accuracy", () => {
  assert.equal(fieldTextOf({ kind: "metric", key: "val/loss", stat: "best" }), "metrics.val/loss.min");
  assert.equal(fieldTextOf({ kind: "metric", key: "val/accuracy", stat: "best" }), "metrics.val/accuracy.max");
});

test("a column that is put among pinned ones is pinned, and one that is put behind them is not", () => {
  const columns = parseColumns("!name,!state,created,author");
  const moved = (from: string, before?: string) => formatColumns(moveColumn(columns, from, before));
  assert.equal(moved("author", "state"), "!name,!author,!state,created");
  assert.equal(moved("name", "author"), "!state,created,name,author");
  assert.equal(moved("name", "created"), "!state,!name,created,author");
  assert.equal(moved("created"), "!name,!state,author,created");
  assert.equal(moved("nothing", "name"), formatColumns(columns));
});
