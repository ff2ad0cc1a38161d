// A preview that loses or shifts cells is worse than none: what any writer of CSV puts down must come back cell for cell.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { delimiterOf, isNumberColumn, parseCsv } from "./parse-csv.ts";

const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

describe("parseCsv", () => {
  it("gives back every table that was written with quotes", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", " ", "é", ";") });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(table, fc.constantFrom("\n", "\r\n", "\r"), fc.boolean(), (rows, end, hasLastEnd) => {
        const text = rows.map((row) => row.map(quote).join(",")).join(end) + (hasLastEnd && rows.length > 0 ? end : "");
        assert.deepEqual(parseCsv(text).rows, rows);
      }),
    );
  });

  it("reads plain cells, empty ones at the end too, and passes over empty lines and a byte order mark", () => {
    assert.deepEqual(parseCsv("\ufeffa,b,\n\n1,,").rows, [
      ["a", "b", ""],
      ["1", "", ""],
    ]);
    assert.deepEqual(parseCsv("").rows, []);
  });

  it("takes a quote that is never closed as reaching to the end, and text behind a closed one as part of its cell", () => {
    assert.deepEqual(parseCsv('a,"b\nc').rows, [["a", "b\nc"]]);
    assert.deepEqual(parseCsv('"a"x,b').rows, [["ax", "b"]]);
  });

  it("stops at so many rows of data and says whether there was more", () => {
    assert.deepEqual(parseCsv("h\n1\n2\n3\n", ",", 2), { rows: [["h"], ["1"], ["2"]], isCut: true });
    assert.deepEqual(parseCsv("h\n1\n2\n\n", ",", 2), { rows: [["h"], ["1"], ["2"]], isCut: false });
  });
});

it("the delimiter is what parts the first line most often, outside quotes", () => {
  assert.equal(delimiterOf("a,b,c\n1\t2\t3\t4"), ",");
  assert.equal(delimiterOf("a\tb"), "\t");
  assert.equal(delimiterOf('"a,b,c";d'), ";");
  assert.equal(delimiterOf("alone"), ",");
});

it("a column of numbers and gaps is one of numbers; any word makes it text", () => {
  const rows = [["1", "a", ""], ["-2.5e-3", "2", ""], ["", "3", ""], ["NaN"]];
  assert.deepEqual(
    [0, 1, 2, 3].map((column) => isNumberColumn(rows, column)),
    [true, false, false, false],
  );
});
