import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { buildSqliteSchema } from "./schema.ts";

describe("the SQLite schema", () => {
  it("makes every walk a walk of an index: nothing is sorted", () => {
    const database = new DatabaseSync(":memory:");
    database.exec(buildSqliteSchema());
    const plan = (sql: string) =>
      database
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map((row) => String(row["detail"]))
        .join("; ");
    const walks = [
      `SELECT * FROM "chunks" WHERE "series" = 1 ORDER BY "attempt", "number"`,
      `SELECT * FROM "runs" WHERE "experiment" = 1 AND "row" > 5 ORDER BY "row" LIMIT +5`,
      `SELECT * FROM "runs" WHERE "experiment" = 1 AND "name" = 'x' ORDER BY "row" DESC`,
      `SELECT * FROM "parameters" WHERE "name" = 1 AND "run" > 5 ORDER BY "run"`,
      `SELECT * FROM "files" WHERE "digest" > 'a' ORDER BY "digest", "tree", "path", "revision"`,
      `SELECT "run" FROM "bundles" WHERE "run" > 5 ORDER BY "run", "number" LIMIT +1`,
    ];
    for (const walk of walks) {
      assert.match(plan(walk), /^SEARCH \w+ USING/, walk);
      assert.doesNotMatch(plan(walk), /TEMP B-TREE/, walk);
    }
    database.close();
  });
});
