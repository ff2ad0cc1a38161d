import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { csvRow } from "./csv.ts";

describe("a line of CSV", () => {
  it("quotes what would break the line", () => {
    assert.equal(csvRow(["a,b", 'say "hi"', "two\nlines", "plain"]), '"a,b","say ""hi""","two\nlines",plain\r\n');
  });

  it("leaves cells without a value empty, and numbers as they are", () => {
    assert.equal(csvRow([null, undefined, 0, -1.5, Number.NaN, false]), ",,0,-1.5,NaN,false\r\n");
  });

  it("does not let a name become a formula", () => {
    assert.equal(csvRow(["=HYPERLINK(1)", "@x", "-1", "+1", "\tx"]), "'=HYPERLINK(1),'@x,'-1,'+1,'\tx\r\n");
  });
});
