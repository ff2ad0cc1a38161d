import type { DatabaseSync } from "node:sqlite";
import { createSeriesWriter, type SeriesWriter, TrackerError } from "@cairn/core";
import { type Change, type Commit, createCommitter } from "../shared/committer.ts";
import { encodeFailure, type Failure } from "../shared/failure.ts";
import { zstd } from "../shared/zstd.ts";
import { JOURNAL_BYTES, LOG_BYTES } from "./sizes.ts";
import { translateSqliteError } from "./sqlite-error.ts";
import { createSqliteRows } from "./sqlite-rows.ts";
import { createUpkeep } from "./upkeep.ts";
import { tendWriteAheadLog } from "./write-ahead-log.ts";

/** How long background work is left alone after it failed. */
const RETRY_MS = 5000;
/** A server that never rests trims its search log this often. */
const TRIM_COMMITS = 1000;

/** All that happens on the writing connection, free of threads and messages. */
export interface Writer {
  /** Applies the changes in one durable commit. Never throws. */
  commit(changes: readonly Change[]): Commit;
  /** One piece of work that nobody waits for, in a few milliseconds. False when nothing is due at `now`, in ms. */
  tend(now: number): boolean;
  /** One piece of the work that is for quiet moments: giving pages back to the disk. False when nothing is left. */
  rest(): boolean;
  /** True while something may become due with time alone: unsealed journals of runs that fall silent. */
  isExpecting(): boolean;
  readonly memory: SeriesWriter["memory"];
  close(): Promise<void>;
}

export interface WriterOptions {
  readonly file: string;
  readonly busyTimeoutMs: number | undefined;
  /** Hears of background work that failed; it is tried again later. */
  readonly onProblem: (failure: Failure) => void;
  /** SQLite's log may have this many bytes: `LOG_BYTES` but in tests. */
  readonly mostLogBytes?: number;
}

export function createWriter(database: DatabaseSync, options: WriterOptions): Writer {
  const { file, onProblem, mostLogBytes = LOG_BYTES } = options;
  const rows = createSqliteRows(database);
  const series = createSeriesWriter({
    tx: rows.tx,
    compressor: zstd,
    onDamage: ({ message }) => onProblem(encodeFailure(new TrackerError("internal", message))),
  });
  const committer = createCommitter({ rows, series, translate: (error) => translateSqliteError(error, file) });
  const log = tendWriteAheadLog(database, options);
  const upkeep = createUpkeep(database);
  let logBytes = 0;
  /** The log has grown since it was looked after: that waits until the answers of the commit are on their way. */
  let isLogLonger = false;
  let commits = 0;
  /** Background work is not tried before this moment, because it just failed: of `performance.now()`. 0 = it did not. */
  let patientUntil = 0;

  /** Nothing that happens beside a commit may cost the answers of it. */
  function attempt(work: () => boolean): boolean {
    try {
      return work();
    } catch (error) {
      onProblem(encodeFailure(translateSqliteError(error, file)));
      patientUntil = performance.now() + RETRY_MS;
      return false;
    }
  }

  function tendLog(): void {
    isLogLonger = false;
    attempt(() => {
      logBytes = log.tend();
      return true;
    });
  }

  function tend(now: number): boolean {
    if (isLogLonger) tendLog();
    if (patientUntil > 0 && performance.now() < patientUntil) return false;
    const isDone = attempt(() => committer.tend(now));
    if (isDone) tendLog();
    return isDone;
  }

  return {
    commit(changes) {
      if (isLogLonger) tendLog();
      if (logBytes >= mostLogBytes) {
        attempt(() => log.checkpoint());
        tendLog();
        if (logBytes >= mostLogBytes) return refuseAll(changes);
      }
      while (series.memory.journalBytes > JOURNAL_BYTES && tend(Date.now()));
      const commit = committer.commit(changes);
      // What failed the commit would fail background work too, and the next group should not wait for that.
      if (commit.isLost) patientUntil = performance.now() + RETRY_MS;
      isLogLonger = true;
      commits += 1;
      if (commits % TRIM_COMMITS === 0) attempt(upkeep.trim);
      return commit;
    },
    tend,
    rest: () =>
      attempt(() => {
        if (upkeep.trim() || upkeep.shrink()) return true;
        log.checkpoint();
        return false;
      }),
    isExpecting: () => series.memory.journalBytes > 0,
    get memory() {
      return { ...series.memory };
    },
    async close() {
      await log.stop();
      database.exec("PRAGMA busy_timeout = 1000; PRAGMA wal_checkpoint(TRUNCATE)");
      database.close();
      log.close();
    },
  };
}

function refuseAll(changes: readonly Change[]): Commit {
  const failure = encodeFailure(
    new TrackerError(
      "rate_limited",
      "The database's log is full because a long read keeps it from being emptied. Send the request again in a second.",
      { retryAfterSeconds: 1 },
    ),
  );
  return { outcomes: changes.map(() => ({ failure })), events: [], isLost: true };
}
