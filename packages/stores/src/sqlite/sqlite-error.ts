import { TrackerError } from "@cairn/core";

/** What node:sqlite throws. `errcode` is SQLite's extended result code; its low byte is the primary one. */
export interface SqliteError extends Error {
  readonly errcode: number;
  readonly errstr: string;
}

const BUSY = 5;
const LOCKED = 6;
const NOMEM = 7;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const TOOBIG = 18;
const NOTADB = 26;

export function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number";
}

/** True for failures of the machine or the file rather than of one statement: the whole commit must be given up. */
export function spoilsTransaction(error: SqliteError): boolean {
  return [BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN].includes(error.errcode & 0xff);
}

/**
 * The error for the user, with SQLite's own as its cause. Errors that are not SQLite's pass as they are.
 *
 * @param file the database's path, named where the operator must act on it.
 */
export function translateSqliteError(error: unknown, file: string): unknown {
  if (!isSqliteError(error)) return error;
  const options = { cause: error };
  const details = { sqlite: error.errcode };
  switch (error.errcode & 0xff) {
    case FULL:
      return new TrackerError(
        "storage_full",
        "The disk that holds the server's database is full: nothing of this request was stored. Free some space and send it again.",
        details,
        options,
      );
    case BUSY:
    case LOCKED:
      return new TrackerError(
        "unavailable",
        "The server's database is locked by another program: nothing of this request was stored. Try again.",
        details,
        options,
      );
    case READONLY:
    case CANTOPEN:
      return new TrackerError(
        "unavailable",
        `The database '${file}' cannot be opened for writing: check that the folder exists and may be written.`,
        details,
        options,
      );
    case IOERR:
      return new TrackerError(
        "unavailable",
        `The disk refused to read or write the database '${file}' (${error.errstr}): nothing of this request was stored.`,
        details,
        options,
      );
    case CORRUPT:
    case NOTADB:
      return new TrackerError(
        "internal",
        `The database '${file}' is damaged (${error.errstr}). Put a sound copy in its place; if this one still opens, 'cairn check' tells how much of it can be read.`,
        details,
        options,
      );
    case TOOBIG:
      return new TrackerError("too_large", "A value is larger than the database can hold.", details, options);
    default:
      return error;
  }
}
