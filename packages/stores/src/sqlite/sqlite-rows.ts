import type { DatabaseSync } from "node:sqlite";
import type { Rows } from "../shared/rows.ts";
import { keepRows } from "./keep-rows.ts";
import { runColumnOf, searchableTables, writeSearchLog } from "./search-log.ts";
import { isSqliteError, spoilsTransaction } from "./sqlite-error.ts";
import { createSqliteTx } from "./sqlite-tx.ts";

/**
 * The writing connection as the committer drives it. A savepoint is opened at the first write inside it, because most
 * refusals come before any. Runs whose searchable fields changed are noted in `searchLog` by the same commit.
 */
export function createSqliteRows(database: DatabaseSync): Rows {
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  const savepoint = database.prepare("SAVEPOINT change");
  const release = database.prepare("RELEASE change");
  const searchLog = writeSearchLog(database);
  /** A commit is flushed before it returns, as the connection is opened. SQLite changes that between transactions only. */
  let flushes = true;
  let wantsSavepoint = false;
  let hasSavepoint = false;
  const touched = new Set<number>();

  const { tx, forget } = keepRows(
    createSqliteTx(database, {
      watched: searchableTables,
      beforeWrite() {
        if (!wantsSavepoint || hasSavepoint) return;
        savepoint.run();
        hasSavepoint = true;
      },
      touched(table, row) {
        touched.add(row[runColumnOf(table)] as number);
      },
    }),
  );

  return {
    tx,
    begin(isRepeatable = false) {
      touched.clear();
      // The log is flushed whole: a commit that is flushed takes those before it to the disk.
      if (flushes === isRepeatable) {
        flushes = !isRepeatable;
        database.exec(`PRAGMA synchronous = ${flushes ? "FULL" : "NORMAL"}`);
      }
      begin.run();
    },
    commit() {
      for (const run of touched) searchLog.note(run);
      commit.run();
    },
    rollback() {
      hasSavepoint = false;
      wantsSavepoint = false;
      forget();
      if (database.isTransaction) database.exec("ROLLBACK");
    },
    savepoint(work) {
      wantsSavepoint = true;
      try {
        const result = work();
        if (hasSavepoint) release.run();
        return result;
      } catch (error) {
        forget();
        if (hasSavepoint && database.isTransaction) database.exec("ROLLBACK TO change; RELEASE change");
        throw error;
      } finally {
        hasSavepoint = false;
        wantsSavepoint = false;
      }
    },
    canGoOn: (error) => database.isTransaction && !(isSqliteError(error) && spoilsTransaction(error)),
  };
}
