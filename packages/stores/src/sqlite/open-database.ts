import { DatabaseSync } from "node:sqlite";
import { TrackerError } from "@cairn/core";
import { buildSqliteSchema, SCHEMA_VERSION } from "./schema.ts";
import { MIB } from "./sizes.ts";
import { translateSqliteError } from "./sqlite-error.ts";

/** How long a connection waits for another one's lock: a backup or a shell that looks into the file. */
export const BUSY_MS = 5000;

export interface DatabaseOptions {
  readonly file: string;
  /** `BUSY_MS` by default. */
  readonly busyTimeoutMs?: number | undefined;
  /** Pages kept in memory, in KiB. */
  readonly cacheKib?: number;
  /** The most pages the file may have: how tests fill a disk. */
  readonly maxPages?: number | undefined;
}

/**
 * Opens the file for reading and writing and makes its tables when it is new.
 *
 * @throws TrackerError unsupported when a newer Cairn made the file; internal when it is damaged or no Cairn database.
 */
export function openDatabase(options: DatabaseOptions): DatabaseSync {
  return connect(options, (database) => {
    const version = readVersion(database, options.file);
    // Counts only before the first table, and asks for the write lock even when it changes nothing.
    if (version === 0) database.exec("PRAGMA auto_vacuum = INCREMENTAL");
    prepare(database, options);
    if (version === 0) {
      database.exec(`BEGIN IMMEDIATE; ${buildSqliteSchema()} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
    }
  });
}

/** Opens the file for writing once `openDatabase` has made and checked it: a second look costs a thread's start 10 ms. */
export function openForWriting(options: DatabaseOptions): DatabaseSync {
  return connect(options, (database) => prepare(database, options));
}

/** Opens the file, which exists, for reading alone. */
export function openForReading(options: DatabaseOptions): DatabaseSync {
  return connect(options, (database) => {
    prepare(database, options);
    turnToReading(database);
  });
}

/** From now on the connection refuses to write. */
export function turnToReading(database: DatabaseSync): void {
  database.exec("PRAGMA query_only = ON");
}

function connect(options: DatabaseOptions, work: (database: DatabaseSync) => void): DatabaseSync {
  const { file, busyTimeoutMs = BUSY_MS } = options;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: busyTimeoutMs, enableForeignKeyConstraints: false });
    work(database);
    return database;
  } catch (error) {
    database?.close();
    throw translateSqliteError(error, file);
  }
}

function prepare(database: DatabaseSync, { cacheKib = 16_384, maxPages }: DatabaseOptions): void {
  // The log's checkpoints are started by the writer, never by a commit.
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA journal_size_limit = ${16 * MIB};
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -${cacheKib};
    ${maxPages === undefined ? "" : `PRAGMA max_page_count = ${maxPages};`}
  `);
}

/** 0 = an empty file. Asked before anything is set, so that a file which is not ours stays as it was. */
function readVersion(database: DatabaseSync, file: string): number {
  const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (version === SCHEMA_VERSION) {
    checkTables(database, file);
    return version;
  }
  if (version > SCHEMA_VERSION) {
    throw new TrackerError(
      "unsupported",
      `The database '${file}' was made by a newer Cairn (its format is ${version}, this one reads ${SCHEMA_VERSION}). Start that version, or another folder.`,
      { found: version, known: SCHEMA_VERSION },
    );
  }
  const tables = database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.["tables"];
  if (tables === 0) return 0;
  throw new TrackerError("internal", `The file '${file}' is a database, but not one that Cairn made.`, { file });
}

/** Between two releases the tables change without a new version; a folder from such a time is told apart here. */
function checkTables(database: DatabaseSync, file: string): void {
  const rows = database.prepare("SELECT sql FROM sqlite_schema").all();
  const found = new Set(rows.map((row) => `${row["sql"]};`));
  const missing = buildSqliteSchema()
    .split(/(?<=;)\n+/)
    .find((statement) => statement !== "" && !found.has(statement));
  if (missing === undefined) return;
  throw new TrackerError(
    "unsupported",
    `The database '${file}' was made by a Cairn from between two releases, whose tables differ from this one's. Start that one, or another folder.`,
    { differs: missing.slice(0, missing.indexOf("(")).trim() },
  );
}
