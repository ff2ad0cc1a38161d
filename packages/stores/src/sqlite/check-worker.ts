import type { DatabaseSync } from "node:sqlite";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { RowOf } from "@cairn/core";
import { checkRows, listRuns } from "../shared/check-rows.ts";
import { checkSeries, messageOf, type RecordFinding } from "../shared/check-series.ts";
import { layouts } from "../shared/layout.ts";
import { openForReading } from "./open-database.ts";
import { quote } from "./schema.ts";
import { createSqliteTx } from "./sqlite-tx.ts";

// A check reads everything, so it has a thread and a connection of its own. Each piece has its own snapshot: one long
// one would keep the log from being emptied for as long as the check runs.
const { file } = workerData as { file: string };
const port = parentPort as MessagePort;
const database = openForReading({ file });
const tx = createSqliteTx(database);

for (const layout of layouts.values()) send(guard(`table ${layout.name}`, () => checkPages(database, layout.name)));
send(inSnapshot("rows", () => [...checkRows(tx)]));
for (const run of listRunsGuarded()) send(inSnapshot(`run ${run.id}`, () => checkSeries(tx, run)));
port.postMessage({ done: true });

function send(findings: readonly RecordFinding[]): void {
  if (findings.length > 0) port.postMessage({ findings });
}

function checkPages(database: DatabaseSync, table: string): RecordFinding[] {
  const rows = database.prepare(`PRAGMA integrity_check(${quote(table)})`).all() as { integrity_check: string }[];
  return rows
    .map((row) => row.integrity_check)
    .filter((message) => message !== "ok")
    .map((message) => ({ record: `table ${table}`, message }));
}

function inSnapshot(record: string, work: () => RecordFinding[]): RecordFinding[] {
  return guard(record, () => {
    database.exec("BEGIN");
    try {
      return guard(record, work);
    } finally {
      // On a damaged file a COMMIT may fail, though nothing was written; a damage met by a statement may have ended it all.
      if (database.isTransaction) database.exec("ROLLBACK");
    }
  });
}

function guard(record: string, work: () => RecordFinding[]): RecordFinding[] {
  try {
    return work();
  } catch (error) {
    return [{ record, message: messageOf(error) }];
  }
}

function* listRunsGuarded(): Generator<RowOf<"runs">> {
  try {
    yield* listRuns(tx);
  } catch (error) {
    send([{ record: "table runs", message: `Its rows cannot be read on: ${messageOf(error)}` }]);
  }
}
