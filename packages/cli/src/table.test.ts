import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { formatTable } from "./table.ts";
import { displayWidth } from "./width.ts";

const runs = [{ head: "RUN" }, { head: "NAME" }, { head: "TOOK", isNumber: true }, { head: "loss", isNumber: true }];

describe("a table", () => {
  it("aligns texts to the left and figures to the right, wide characters included", () => {
    const { lines } = formatTable(runs, [
      ["c5c58bd5", "训练 🎉", "1.2 s", "0.25"],
      ["e1696312", "amber-otter", "602 ms", "12"],
    ]);
    assert.deepEqual(lines, [
      "RUN       NAME           TOOK  loss",
      "c5c58bd5  训练 🎉       1.2 s  0.25",
      "e1696312  amber-otter  602 ms    12",
    ]);
  });

  it("is its heads when there are no rows", () => {
    assert.deepEqual(formatTable(runs, []).lines, ["RUN  NAME  TOOK  loss"]);
  });

  it("cuts the widest text first when the terminal is narrow, and no figure", () => {
    const { lines, left } = formatTable(runs, [["c5c58bd5", "a-name-that-goes-on-and-on", "1.2 s", "0.123456"]], {
      width: 44,
    });
    assert.deepEqual(lines, [
      "RUN       NAME                TOOK      loss",
      "c5c58bd5  a-name-that-goes…  1.2 s  0.123456",
    ]);
    assert.deepEqual(left, []);
  });

  // A number that is cut is another number.
  it("leaves out the last columns when even that is too wide, and says which", () => {
    const { lines, left } = formatTable(runs, [["c5c58bd5", "a-name-that-goes-on-and-on", "1.2 s", "0.123456"]], {
      width: 32,
    });
    assert.deepEqual(lines, ["RUN       NAME              TOOK", "c5c58bd5  a-name-that-go…  1.2 s"]);
    assert.deepEqual(left, ["loss"]);
  });

  it("never has a line wider than the terminal", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 30 }).map((value) => value.replace(/\p{C}/gu, " "));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, text, text, text), { maxLength: 5 }),
        fc.integer({ min: 30, max: 100 }),
        (rows, width) => {
          for (const line of formatTable(runs, rows, { width }).lines) assert.ok(displayWidth(line) <= width, line);
        },
      ),
    );
  });
});
