import type { DatabaseSync } from "node:sqlite";
import {
  answerQuery,
  createReaderCache,
  createSeriesReader,
  type QueryInput,
  type QueryKind,
  type QueryOutput,
} from "@cairn/core";
import { createColumnSearcher } from "../columns/column-searcher.ts";
import { zstd } from "../shared/zstd.ts";
import { readSearchLog } from "./search-log.ts";
import { createSqliteTx } from "./sqlite-tx.ts";

/** Answers queries on a reading connection, each in a snapshot of its own that is taken when it starts. */
export interface Reader {
  read<K extends QueryKind>(kind: K, input: QueryInput<K>): QueryOutput<K>;
  /** Runs `work` in one snapshot, which is let go when it returns. */
  inSnapshot<T>(work: () => T): T;
}

export function createReader(database: DatabaseSync): Reader {
  const tx = createSqliteTx(database);
  const begin = database.prepare("BEGIN");
  const commit = database.prepare("COMMIT");
  const cache = createReaderCache();
  // A series reader knows one snapshot; the searcher's columns outlive many, and ask the reader of the moment.
  let series = createSeriesReader({ tx, compressor: zstd, cache });
  const search = createColumnSearcher({
    tx,
    series: { find: (run, key) => series.find(run, key) },
    changedSince: readSearchLog(database),
  });

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
        return answerQuery({ tx, series, search }, kind, input);
      }),
  };
}
