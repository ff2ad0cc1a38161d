import { rowsSuite } from "../conformance/rows-suite.ts";
import { openDatabase } from "./open-database.ts";
import { createSqliteRows } from "./sqlite-rows.ts";

rowsSuite("sqlite", () => {
  const database = openDatabase({ file: ":memory:" });
  return { rows: createSqliteRows(database), close: () => database.close() };
});
