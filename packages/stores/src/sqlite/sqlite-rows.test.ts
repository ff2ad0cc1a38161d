import assert from "node:assert/strict";
import { it } from "node:test";
import { rowsSuite } from "../conformance/rows-suite.ts";
import { openDatabase } from "./open-database.ts";
import { createSqliteRows } from "./sqlite-rows.ts";

rowsSuite("sqlite", () => {
  const database = openDatabase({ file: ":memory:" });
  return { rows: createSqliteRows(database), close: () => database.close() };
});

// An acknowledged write behind a seal would otherwise be lost with the power.
it("every transaction is flushed but the repeatable ones, whatever came before", () => {
  const database = openDatabase({ file: ":memory:" });
  const rows = createSqliteRows(database);
  const flushed = [false, true, true, false, false, true].map((isRepeatable) => {
    rows.begin(isRepeatable);
    const level = database.prepare("PRAGMA synchronous").get()?.["synchronous"];
    if (isRepeatable) rows.commit();
    else rows.rollback();
    return level === 2;
  });
  rows.begin();
  flushed.push(database.prepare("PRAGMA synchronous").get()?.["synchronous"] === 2);
  assert.deepEqual(flushed, [true, false, false, true, true, false, true]);
  database.close();
});
