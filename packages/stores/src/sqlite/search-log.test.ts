import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openDatabase } from "./open-database.ts";
import { readSearchLog, writeSearchLog } from "./search-log.ts";
import { createSqliteRows } from "./sqlite-rows.ts";

describe("the search log", () => {
  it("names each run that changed after a number, once, and only what its commit kept", () => {
    const database = openDatabase({ file: ":memory:" });
    const rows = createSqliteRows(database);
    const changedSince = readSearchLog(database);
    assert.deepEqual(changedSince(-1), { seq: 0, runs: [] });
    const tag = (run: number) => rows.tx.put("tags", { run, name: 1, value: "x" });
    rows.begin();
    for (const run of [1, 2, 2, 1]) tag(run);
    rows.tx.put("notes", { run: 9, number: 1, at: 0, author: "", text: "not searched" });
    rows.commit();
    const { seq } = changedSince(0);
    assert.deepEqual(new Set<unknown>(changedSince(0).runs), new Set([1, 2]));
    rows.begin();
    tag(7);
    rows.rollback();
    rows.begin();
    rows.tx.delete("tags", 2, 1);
    rows.tx.delete("tags", 8, 1);
    rows.commit();
    rows.begin();
    rows.tx.clear("tags", { prefix: [1] });
    rows.commit();
    const { seq: newest, runs } = changedSince(seq);
    assert.deepEqual(new Set<unknown>(runs), new Set([1, 2]));
    assert.deepEqual(changedSince(newest), { seq: newest, runs: [] });
    database.close();
  });

  // A reader that was away too long must not believe that nothing happened.
  it("says all once it no longer reaches back so far, and numbers go on", () => {
    const database = openDatabase({ file: ":memory:" });
    const { note, trim } = writeSearchLog(database);
    const changedSince = readSearchLog(database);
    for (let run = 1; run <= 50_100; run++) note(run);
    assert.deepEqual(changedSince(50_098).runs, [50_099, 50_100]);
    while (trim());
    assert.equal(changedSince(99).runs, "all");
    assert.equal(changedSince(0).runs, "all");
    assert.equal(changedSince(100).runs.length, 50_000);
    note(5);
    assert.deepEqual(changedSince(50_100), { seq: 50_101, runs: [5] });
    database.exec(`DELETE FROM "searchLog"`);
    assert.equal(changedSince(50_101).runs, "all");
    database.close();
  });
});
