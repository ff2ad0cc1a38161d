// Beyond eight rows the bits of what is missing fill a second byte; the library reads what it did not lay out.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { encodeArrow } from "./encode-arrow.ts";
import type { CellValue, DataColumn } from "./table-data.ts";

const cells: Readonly<Record<DataColumn["type"], fc.Arbitrary<CellValue>>> = {
  text: fc.string({ unit: "grapheme" }),
  number: fc.double(),
  boolean: fc.boolean(),
  time: fc.integer({ min: 0, max: 4e12 }),
};
const types = Object.keys(cells) as DataColumn["type"][];

describe("an Arrow file", () => {
  it("is read as what it was made of", () => {
    const row = fc.tuple(...types.map((type) => fc.option(cells[type])));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const columns = types.map((type, at) => ({ name: type, type, values: rows.map((each) => each[at] ?? null) }));
        const table = tableFromIPC(encodeArrow(columns));
        assert.equal(table.numRows, rows.length);
        for (const { name, values } of columns) assert.deepEqual([...(table.getChild(name) ?? [])], values, name);
      }),
    );
  });
});
