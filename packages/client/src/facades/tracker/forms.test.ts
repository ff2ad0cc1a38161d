import assert from "node:assert/strict";
import { it } from "node:test";
import type { Json } from "@cairn/core";
import fc from "fast-check";
import { decodeCsvTracker, encodeCsvTracker } from "./csv-form.ts";
import { decodeJsonTracker, encodeJsonTracker } from "./json-form.ts";

// A column named by digits would move: objects keep such keys in order of number.
const column = fc.string({ minLength: 1 }).filter((name) => !/^\d+$/.test(name));
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "12", "007", "True", "nan", "1e5", 'a"b', "a,b", "a\r\nb", " x ", "inf", "-Infinity"),
);
const rowsOf = (cell: fc.Arbitrary<Json>) =>
  fc.uniqueArray(column, { minLength: 1, maxLength: 5 }).chain((names) =>
    fc.array(
      fc
        .tuple(...names.map(() => cell))
        .map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? null]))),
      { minLength: 1, maxLength: 5 },
    ),
  );

it("a CSV tracker comes back as it was, texts that look like numbers included", () => {
  const cell = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
  fc.assert(
    fc.property(rowsOf(cell), (rows) => assert.deepEqual(decodeCsvTracker(encodeCsvTracker(rows), "t.csv"), rows)),
  );
});

it("a JSON tracker comes back as it was", () => {
  const cell = fc.oneof(
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
    fc.boolean(),
    fc.constant(null),
  );
  fc.assert(
    fc.property(rowsOf(cell), (rows) => assert.deepEqual(decodeJsonTracker(encodeJsonTracker(rows), "t.json"), rows)),
  );
});

it("CSV of other hands is read: quotes, line ends, a byte order mark, long identifiers, no last line end", () => {
  assert.deepEqual(decodeCsvTracker('\ufeffa,b\r\n"x ""y""\nz",1.50\r\n,9007199254740993', "t.csv"), [
    { a: 'x "y"\nz', b: 1.5 },
    { a: null, b: "9007199254740993" },
  ]);
  assert.deepEqual(decodeCsvTracker("", "t.csv"), []);
  for (const bad of ['a\n"x', 'a\nx"y', "a,b\n1", "a,a\n1,2"])
    assert.throws(() => decodeCsvTracker(bad, "t.csv"), /t\.csv/);
});
