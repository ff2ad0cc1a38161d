import type { DatabaseSync } from "node:sqlite";
import {
  answerQuery,
  createReaderCache,
  createSeriesReader,
  type QueryInput,
  type QueryKind,
  type QueryOutput,
  type ReadTx,
} from "@cairn/core";
import { createColumnSearcher } from "../columns/column-searcher.ts";
import { zstd } from "../shared/zstd.ts";
import { keepRunParts } from "./keep-run-parts.ts";
import { readSearchLog } from "./search-log.ts";
import { createSqliteTx } from "./sqlite-tx.ts";

/** Answers queries on a reading connection, each in a snapshot of its own that is taken when it starts. */
export interface Reader {
  read<K extends QueryKind>(kind: K, input: QueryInput<K>): QueryOutput<K>;
  /** Runs `work` in one snapshot, which is let go when it returns. */
  inSnapshot<T>(work: () => T): T;
}

export function createReader(database: DatabaseSync): Reader {
  const tx = keepNames(createSqliteTx(database));
  const begin = database.prepare("BEGIN");
  const commit = database.prepare("COMMIT");
  const cache = createReaderCache();
  // A series reader knows one snapshot; the searcher's columns outlive many, and ask the reader of the moment.
  let series = createSeriesReader({ tx, compressor: zstd, cache });
  const changedSince = readSearchLog(database);
  const search = createColumnSearcher({
    tx,
    series: { find: (run, key) => series.find(run, key) },
    changedSince,
  });
  const parts = keepRunParts(changedSince);

  function inSnapshot<T>(work: () => T): T {
    begin.run();
    try {
      return work();
    } finally {
      // Nothing was written: this only lets the snapshot go, so that the log can be emptied.
      commit.run();
    }
  }

  return {
    inSnapshot,
    read: (kind, input) =>
      inSnapshot(() => {
        series = createSeriesReader({ tx, compressor: zstd, cache });
        return answerQuery({ tx, series, search, parts: parts.view() }, kind, input);
      }),
  };
}

const MOST_NAMES = 100_000;

/** Of a page of runs every parameter and tag asks for the text of its name. Names never change, and snapshots only go forward. */
function keepNames(tx: ReadTx): ReadTx {
  type Name = ReturnType<ReadTx["get"]>;
  const kept = new Map<unknown, Name>();
  const get = (table: never, ...key: never[]): Name => {
    if (table !== "names") return tx.get(table, ...key);
    const known = kept.get(key[0]);
    if (known !== undefined) return known;
    const found = tx.get(table, ...key);
    if (kept.size >= MOST_NAMES) kept.clear();
    if (found !== undefined) kept.set(key[0], found);
    return found;
  };
  return { ...tx, get: get as ReadTx["get"] };
}
