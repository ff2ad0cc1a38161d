import type { DatabaseSync } from "node:sqlite";
import type { Json, SeriesInfo, SeriesReader, Tx } from "@cairn/core";
import { encodeValue, findName } from "@cairn/core";
import { openDatabase } from "../sqlite/open-database.ts";
import { createSqliteRows } from "../sqlite/sqlite-rows.ts";
import type { SearchChanges } from "./column-cache.ts";

export interface Stats {
  readonly latest: number;
  readonly min: number | null;
  readonly max: number | null;
}

/** A small record in SQLite for tests of searching: real rows and change log; points only as their summaries. */
export interface SearchWorld {
  readonly tx: Tx;
  readonly series: SeriesReader;
  changedSince(seq: number): SearchChanges;
  /** Runs `work` in one commit. */
  commit(work: (tx: Tx) => void): void;
  putExperiment(id: number, deletedAt?: number | null): void;
  putRun(row: number, experiment: number, fields?: RunFields): void;
  putParameter(run: number, key: string, value: Json): void;
  putTag(run: number, key: string, value: string): void;
  putInput(run: number, name: string, context: string | null): void;
  /** Points arrive: the run is hot until `seal`. */
  append(run: number, key: string, stats: Stats): void;
  seal(run: number): void;
  close(): void;
}

export interface RunFields {
  readonly name?: string;
  readonly state?: string;
  readonly startedAt?: number | null;
  readonly endedAt?: number | null;
  readonly deletedAt?: number | null;
  readonly starred?: number;
}

export function createSearchWorld(): SearchWorld {
  const database: DatabaseSync = openDatabase({ file: ":memory:" });
  const rows = createSqliteRows(database);
  const { tx } = rows;
  const datasets = new Map<string, number>();
  /** Current stats by run and key: what the engine would say. */
  const current = new Map<number, Map<string, Stats>>();
  const newest = database.prepare(`SELECT coalesce(max("seq"), 0) AS seq FROM "searchLog"`);
  const since = database.prepare(`SELECT DISTINCT "run" FROM "searchLog" WHERE "seq" > ?`);
  let lastSeries = 0;

  function nameOf(key: string): number {
    const known = findName(tx, key);
    if (known !== undefined) return known;
    const id = tx.count("names", { prefix: [] }) + 1;
    tx.put("names", { id, text: key });
    return id;
  }

  return {
    tx,
    series: { find: (run: number, key: string) => infoOf(key, current.get(run)?.get(key)) } as SeriesReader,
    changedSince: (seq) => ({
      seq: Number(newest.get()?.["seq"]),
      runs: since.all(seq).map((row) => Number(row["run"])),
    }),
    commit(work) {
      rows.begin();
      work(tx);
      rows.commit();
    },
    putExperiment(id, deletedAt = null) {
      const fields = { description: "", location: null, createdAt: 0, updatedAt: 0 };
      tx.put("experiments", { id, project: 1, name: `experiment ${id}`, deletedAt, ...fields });
    },
    putRun(row, experiment, fields = {}) {
      tx.put("runs", {
        row,
        id: row.toString(16).padStart(32, "0"),
        experiment,
        name: `run ${row}`,
        state: "running",
        author: "",
        createdAt: row * 10,
        startedAt: null,
        endedAt: null,
        heartbeatAt: row * 10,
        deletedAt: null,
        starred: 0,
        attempt: 1,
        error: null,
        ...fields,
      });
    },
    putParameter: (run, key, value) =>
      tx.put("parameters", { run, name: nameOf(key), group: "", value: encodeValue(value) }),
    putTag: (run, key, value) => tx.put("tags", { run, name: nameOf(key), value }),
    putInput(run, name, context) {
      let dataset = datasets.get(name);
      if (dataset === undefined) {
        dataset = datasets.size + 1;
        datasets.set(name, dataset);
        const fields = { sourceType: "", source: "", schema: null, profile: null };
        tx.put("datasets", { id: dataset, experiment: 0, name, digest: `digest of ${name}`, ...fields });
      }
      tx.put("inputs", { run, dataset, context, tags: "{}" });
    },
    append(run, key, stats) {
      const head = tx.get("heads", run) ?? {
        run,
        seq: 0,
        sealed: 0,
        sealing: 0,
        layout: 0,
        attempt: 1,
        points: 0,
        bytes: 0,
        bundles: 0,
        last: 0,
      };
      const byKey = current.get(run) ?? new Map<string, Stats>();
      byKey.set(key, stats);
      current.set(run, byKey);
      const name = nameOf(key);
      const [row] = tx.list("series", { index: "byRun", prefix: [run, name] });
      if (row === undefined) {
        const empty = {
          count: 0,
          latest: null,
          min: null,
          max: null,
          taken: 0,
          overlaps: 0,
          through: 0,
          summary: new Uint8Array(),
        };
        tx.put("series", { id: ++lastSeries, run, name, ...empty });
      }
      tx.put("heads", { ...head, seq: head.seq + 1 });
      tx.put("unsealed", { run, last: 0 });
    },
    seal(run) {
      const head = tx.get("heads", run);
      if (head === undefined) return;
      tx.delete("unsealed", run);
      tx.put("heads", { ...head, sealed: head.seq });
      for (const [key, { latest, min, max }] of current.get(run) ?? []) {
        const [row] = tx.list("series", { index: "byRun", prefix: [run, nameOf(key)] });
        if (row !== undefined)
          tx.put("series", { ...row, count: 1, latest: Number.isNaN(latest) ? null : latest, min, max });
      }
    },
    close: () => database.close(),
  };
}

function infoOf(key: string, stats: Stats | undefined): SeriesInfo | undefined {
  if (stats === undefined) return undefined;
  const point = (value: number | null) => (value === null ? null : { step: 0, time: 0, value, batch: null });
  return {
    key,
    name: key,
    phase: null,
    count: 1,
    latest: point(stats.latest),
    min: point(stats.min),
    max: point(stats.max),
    sum: 0,
    nan: 0,
    positiveInfinity: 0,
    negativeInfinity: 0,
  };
}
