import type { RunRow } from "../runs/rows.ts";
import type { SeriesReader } from "../series/port.ts";
import type { ReadTx } from "../store/tx.ts";
import { searchScope } from "./cursor.ts";
import { groupRecords } from "./groups.ts";
import { countKeys, type RunChoice } from "./keys.ts";
import { compileMatcher } from "./match.ts";
import { pageRecords } from "./page-records.ts";
import type { RunSearcher } from "./port.ts";
import type { RunSearch } from "./query.ts";
import type { SearchRecord } from "./record.ts";
import { readRunRecord } from "./run-record.ts";

/**
 * Finds runs by reading every one and asking the judge. The reference that faster searchers must agree with, and
 * enough where the record is small.
 */
export function createScanSearcher(snapshot: { readonly tx: ReadTx; readonly series: SeriesReader }): RunSearcher {
  const { tx, series } = snapshot;
  /** The newest first. */
  function find(choice: RunChoice): SearchRecord[] {
    const records = chooseRuns(tx, choice).map((run) => readRunRecord(tx, series, run));
    return records.filter(compileMatcher(choice.filter)).sort((a, b) => b.row - a.row);
  }
  return {
    keys: (choice, kinds) => {
      const rows = find(choice).map(({ row }) => row);
      return countKeys(tx, rows, kinds);
    },
    groups(choice, by, metrics) {
      const records = find(choice);
      return { runs: records.length, groups: groupRecords(records, by, metrics) };
    },
    search(search) {
      const records = chooseRuns(tx, search).map((run) => readRunRecord(tx, series, run));
      const page = pageRecords(records, { ...search, scope: runScope(search) });
      return { rows: page.records.map(({ row }) => row), next: page.next, ...(search.count && { total: page.total }) };
    },
  };
}

/** The scope that a run search's cursors carry, the same in every searcher. */
export function runScope(search: RunSearch): string {
  const experiments =
    search.experiments === null ? "all" : [...new Set(search.experiments)].sort((a, b) => a - b).join();
  return searchScope("runs", `${search.lifecycle} ${experiments}`, search.filter, search.order);
}

/**
 * A run counts as deleted by its own mark or its experiment's. One whose experiment's row is gone is being purged with
 * it, and is seen no more.
 */
function chooseRuns(tx: ReadTx, search: RunChoice): RunRow[] {
  const rows =
    search.experiments === null
      ? tx.list("runs", { prefix: [] })
      : [...new Set(search.experiments)].flatMap((id) => tx.list("runs", { index: "byExperiment", prefix: [id] }));
  const experiments = tx.pick("experiments", ["id", "deletedAt"], { prefix: [] });
  const deletedBy = new Map(experiments.map(({ id, deletedAt }) => [id, deletedAt !== null]));
  return rows.filter((run) => {
    const withExperiment = deletedBy.get(run.experiment);
    if (withExperiment === undefined) return false;
    return (
      search.lifecycle === "all" || (withExperiment || run.deletedAt !== null) === (search.lifecycle === "deleted")
    );
  });
}
