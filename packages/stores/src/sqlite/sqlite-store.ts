import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import {
  type ChangeKind,
  heavyQueries,
  type QueryInput,
  type QueryKind,
  type RecordStore,
  TrackerError,
} from "@cairn/core";
import { keepBallast, tuneCollector } from "../shared/buffer-accounting.ts";
import type { Change } from "../shared/committer.ts";
import { createEventBus } from "../shared/event-bus.ts";
import { decodeFailure } from "../shared/failure.ts";
import { checkDatabase } from "./check-client.ts";
import { lockFolder } from "./folder-lock.ts";
import { openDatabase, turnToReading } from "./open-database.ts";
import { createReader } from "./reader.ts";
import { createReaderClient } from "./reader-client.ts";
import { translateSqliteError } from "./sqlite-error.ts";
import { createWriter } from "./writer.ts";
import { startWriter } from "./writer-client.ts";

export interface SqliteStoreOptions {
  /** Where the files lie; made when missing. One process at a time owns it. */
  readonly folder: string;
  /** The database's name in the folder: `cairn.sqlite` by default. */
  readonly file?: string;
  /** Hears of background work that failed (sealing, purging); it is tried again. Written to stderr by default. */
  readonly onProblem?: (error: TrackerError) => void;
  /**
   * Told once when the writing thread has died, after the writes that waited were refused: every later one is refused too.
   * What it had not committed was not acknowledged, so a new start on the folder loses nothing.
   */
  readonly onFailure?: (error: TrackerError) => void;
  /** What a new file begins with, there when the store is: nobody waits for the writing thread to boot. */
  readonly first?: Change;
  /** How long a commit waits while another program has locked the database: 5000 by default. */
  readonly busyTimeoutMs?: number;
  /** A module that exports `answerForms`, loaded in the thread that reads. */
  readonly forms?: URL;
  /** The most pages of 4 KiB that the file may have, to see what a full disk does. */
  readonly maxPages?: number;
}

export interface SqliteStore extends RecordStore {
  /** Does now what the writer does in quiet moments: seals everything, purges, gives free pages back to the disk. */
  settle(): Promise<void>;
}

/**
 * The record in one SQLite file. A thread of its own owns the writing connection; point queries are answered in the
 * calling thread, long ones in a third.
 *
 * @throws TrackerError unavailable when another server uses the folder or it cannot be written; unsupported when a newer
 * Cairn made the file; internal when it is damaged or no Cairn database.
 *
 * @example
 * const store = await sqliteStore({ folder: "./cairn-data" });
 * await store.close();
 */
export async function sqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const folder = resolve(options.folder);
  const file = join(folder, options.file ?? "cairn.sqlite");
  const isNew = sizeOfFile(file) === 0;
  const onProblem = options.onProblem ?? ((error) => console.error(error));
  const lock = lockFolder(folder);
  tuneCollector();
  keepBallast();
  const events = createEventBus();
  // The thread boots while this one opens the file.
  const writer = startWriter(
    { file, busyTimeoutMs: options.busyTimeoutMs, maxPages: options.maxPages },
    { events, onProblem, onFailure: options.onFailure },
  );
  const database = await prepare();
  const reader = createReader(database);
  const far = createReaderClient(file, options.forms);
  const ending = new AbortController();
  let closing: Promise<void> | undefined;

  /** What is wrong with the file shows here; the thread is not waited for. */
  async function prepare(): Promise<DatabaseSync> {
    try {
      const own = openDatabase({ file });
      if (isNew && options.first !== undefined) writeFirst(own, options.first, file);
      turnToReading(own);
      writer.open();
      return own;
    } catch (error) {
      await writer.close();
      lock.release();
      throw error;
    }
  }

  function checkOpen(): void {
    if (closing !== undefined) throw closed();
  }

  async function closeAll(): Promise<void> {
    ending.abort();
    // Readers first: the log can be emptied into the file only when nobody reads from it.
    await far.close();
    database.close();
    await writer.close();
    lock.release();
  }

  return {
    events,
    // Not async, nor awaited: every hop between promises is paid for by each request.
    write(kind, input, { at, author }) {
      if (closing !== undefined) return Promise.reject(closed());
      return writer.write({ kind: kind as ChangeKind, input, at, author }) as never;
    },
    async read<K extends QueryKind>(kind: K, input: QueryInput<K>) {
      checkOpen();
      if (heavyQueries.has(kind)) return (await far.read(kind, input)) as never;
      try {
        return reader.read(kind, input);
      } catch (error) {
        throw translateSqliteError(error, file);
      }
    },
    async readAs(formed, kind, input) {
      checkOpen();
      return (await far.read(kind, input, formed)) as Uint8Array;
    },
    async *check() {
      checkOpen();
      yield* checkDatabase(file, ending.signal);
    },
    async status() {
      const { tailBytes, journalBytes, journalPoints } = writer.memory;
      return {
        kind: "sqlite",
        queued: writer.queued,
        tails: { bytes: tailBytes },
        journal: { bytes: journalBytes, points: journalPoints },
        bytes: sizeOfFile(file) + sizeOfFile(`${file}-wal`),
      };
    },
    async settle() {
      checkOpen();
      await writer.settle();
    },
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}

function closed(): TrackerError {
  return new TrackerError("unavailable", "The server is shutting down. Try again later.");
}

/** As the writing thread would, which has not been told to open the file yet. */
function writeFirst(database: DatabaseSync, change: Change, file: string): void {
  const writer = createWriter(database, { file, busyTimeoutMs: undefined, onProblem: () => {} });
  const [outcome] = writer.commit([change]).outcomes;
  if (outcome !== undefined && "failure" in outcome) throw decodeFailure(outcome.failure);
}

function sizeOfFile(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
