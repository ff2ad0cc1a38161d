import { DatabaseSync } from "node:sqlite";
import { TrackerError } from "@cairn/core";
import { buildSchema, SCHEMA_VERSION } from "./schema.ts";
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

/** Opens the file for reading and writing and makes its tables when it is new. @throws TrackerError as `prepareDatabase`. */
export function openDatabase(options: DatabaseOptions): DatabaseSync {
  return guard(options.file, () => {
    const database = open(options);
    try {
      prepareDatabase(database, options.file);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  });
}

/** Opens the file, which exists, for reading alone. */
export function openForReading(options: DatabaseOptions): DatabaseSync {
  return guard(options.file, () => {
    const database = open(options);
    turnToReading(database);
    return database;
  });
}

/** From now on the connection refuses to write. */
export function turnToReading(database: DatabaseSync): void {
  database.exec("PRAGMA query_only = ON");
}

function open({ file, busyTimeoutMs = BUSY_MS, cacheKib = 16_384, maxPages }: DatabaseOptions): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs, enableForeignKeyConstraints: false });
  // auto_vacuum counts only before the first table; the log's checkpoints are started by the writer, never by a commit.
  database.exec(`
    PRAGMA auto_vacuum = INCREMENTAL;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -${cacheKib};
    ${maxPages === undefined ? "" : `PRAGMA max_page_count = ${maxPages};`}
  `);
  return database;
}

/** @throws TrackerError unsupported when a newer Cairn made the file; internal when it is not a Cairn database. */
function prepareDatabase(database: DatabaseSync, file: string): void {
  const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (version === SCHEMA_VERSION) return;
  if (version > SCHEMA_VERSION) {
    throw new TrackerError(
      "unsupported",
      `The database '${file}' was made by a newer Cairn (its format is ${version}, this one reads ${SCHEMA_VERSION}). Start that version, or another folder.`,
      { found: version, known: SCHEMA_VERSION },
    );
  }
  const tables = database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.["tables"];
  if (tables !== 0) {
    throw new TrackerError("internal", `The file '${file}' is a database, but not one that Cairn made.`, { file });
  }
  database.exec(`BEGIN IMMEDIATE; ${buildSchema()} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
}

function guard<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translateSqliteError(error, file);
  }
}
