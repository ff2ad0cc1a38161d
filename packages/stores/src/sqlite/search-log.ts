import type { DatabaseSync } from "node:sqlite";
import type { SearchChanges } from "../columns/column-cache.ts";

/** Rows that stay. A reader that is further behind reads its columns anew. */
const KEPT_ROWS = 50_000;
/** Rows that one trim takes away. */
const TRIM_ROWS = 5000;

/** The tables from which search columns are made. */
export const searchableTables: ReadonlySet<string> = new Set([
  "runs",
  "parameters",
  "tags",
  "runLabels",
  "inputs",
  "series",
]);

/** The column in which a searchable table names its run. */
export function runColumnOf(table: string): string {
  return table === "runs" ? "row" : "run";
}

/** The writer's side: which runs' searchable rows changed, in the commit that changed them. */
export function writeSearchLog(database: DatabaseSync): { note(run: number): void; trim(): boolean } {
  const insert = database.prepare(`INSERT INTO "searchLog" ("run") VALUES (?)`);
  const remove = database.prepare(
    `DELETE FROM "searchLog" WHERE "seq" IN (
       SELECT "seq" FROM "searchLog" WHERE "seq" <= (SELECT max("seq") - ${KEPT_ROWS} FROM "searchLog") LIMIT ${TRIM_ROWS}
     )`,
  );
  return {
    note: (run) => void insert.run(run),
    /** Takes a slice of what is too old away. False when there is nothing. */
    trim: () => Number(remove.run().changes) > 0,
  };
}

/** The reader's side, in the snapshot of the moment. */
export function readSearchLog(database: DatabaseSync): (seq: number) => SearchChanges {
  // Asked apart, each is one step of the tree; together SQLite would walk the whole log.
  const ends = database.prepare(
    `SELECT (SELECT min("seq") FROM "searchLog") AS "oldest", (SELECT max("seq") FROM "searchLog") AS "newest"`,
  );
  const after = database.prepare(`SELECT DISTINCT "run" FROM "searchLog" WHERE "seq" > ?`);
  return (seq) => {
    const { oldest, newest } = ends.get() as unknown as { oldest: number | null; newest: number | null };
    if (oldest === null || newest === null) return { seq: 0, runs: seq > 0 ? "all" : [] };
    if (seq < oldest - 1) return { seq: newest, runs: "all" };
    const rows = seq >= newest ? [] : (after.all(seq) as unknown as { run: number }[]);
    return { seq: newest, runs: rows.map((row) => row.run) };
  };
}
