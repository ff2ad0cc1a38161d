// The reference for single metrics: what Cairn stores for one point (a journal record, a binary row), but with a commit
// of its own for each request.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { serve } from "./serve.ts";

const database = new DatabaseSync(join(process.argv[2] ?? ".", "journal.sqlite"));
database.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE heads (run TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE journal (run TEXT, seq INTEGER, data BLOB NOT NULL, PRIMARY KEY (run, seq));
`);
const bump = database.prepare(
  "INSERT INTO heads VALUES (?, 1) ON CONFLICT (run) DO UPDATE SET seq = seq + 1 RETURNING seq",
);
const append = database.prepare("INSERT INTO journal VALUES (?, ?, ?)");

serve(
  async (path, body) => {
    if (path.endsWith("/count")) return database.prepare("SELECT count(*) AS points FROM journal").get();
    const { run_id: run, key, value, timestamp, step } = body as Record<string, unknown>;
    if (typeof run !== "string" || typeof key !== "string" || typeof value !== "number")
      throw new Error("wrong metric");
    if (!Number.isSafeInteger(timestamp) || !Number.isSafeInteger(step)) throw new Error("wrong metric");
    const record = Buffer.alloc(24 + Buffer.byteLength(key));
    record.writeDoubleLE(value, 0);
    record.writeDoubleLE(Number(timestamp), 8);
    record.writeDoubleLE(Number(step), 16);
    record.write(key, 24);
    database.exec("BEGIN IMMEDIATE");
    const seq = bump.get(run)?.["seq"] as number;
    append.run(run, seq, record);
    database.exec("COMMIT");
    return {};
  },
  () => database.close(),
);
