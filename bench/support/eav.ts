import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { memberAt } from "./seeds/population.ts";

/** The population in MLflow's tables: runs, params and latest_metrics under textual ids, with MLflow's indexes. */
export function buildEav(folder: string, count: number): void {
  using database = new DatabaseSync(join(folder, "eav.sqlite"));
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;
    CREATE TABLE runs (run_uuid VARCHAR(32) PRIMARY KEY NOT NULL, name VARCHAR(250), experiment_id INTEGER,
      start_time BIGINT, lifecycle_stage VARCHAR(20));
    CREATE TABLE params (key VARCHAR(250) NOT NULL, value VARCHAR(8000) NOT NULL, run_uuid VARCHAR(32) NOT NULL,
      PRIMARY KEY (key, run_uuid));
    CREATE INDEX index_params_run_uuid ON params (run_uuid);
    CREATE TABLE latest_metrics (key VARCHAR(250) NOT NULL, value FLOAT NOT NULL, timestamp BIGINT, step BIGINT NOT NULL,
      is_nan BOOLEAN NOT NULL, run_uuid VARCHAR(32) NOT NULL, PRIMARY KEY (key, run_uuid));
    CREATE INDEX index_latest_metrics_run_uuid ON latest_metrics (run_uuid);
    BEGIN;
  `);
  const run = database.prepare("INSERT INTO runs VALUES (?, ?, 0, ?, 'active')");
  const param = database.prepare("INSERT INTO params VALUES (?, ?, ?)");
  const metric = database.prepare("INSERT INTO latest_metrics VALUES (?, ?, 0, 1, 0, ?)");
  for (let index = 0; index < count; index++) {
    const { name, parameters, metrics } = memberAt(index);
    // As random as a UUID, so that rows lie as scattered as they would.
    const id = Buffer.from(`${Math.imul(index + 1, 0x9e3779b1) >>> 0}-${index}`.padEnd(16, "x"))
      .toString("hex")
      .slice(0, 32);
    run.run(id, name, index);
    for (const [key, value] of Object.entries(parameters)) param.run(key, String(value), id);
    for (const [key, value] of Object.entries(metrics)) metric.run(key, value, id);
  }
  database.exec("COMMIT; ANALYZE;");
}

/** The first page of the bench's search in SQL as MLflow's store writes it. @returns names in order, and the time it took. */
export function searchEav(folder: string, rounds: number): { names: string[]; times: number[] } {
  using database = new DatabaseSync(join(folder, "eav.sqlite"));
  database.exec("PRAGMA cache_size = -262144");
  const search = database.prepare(`
    SELECT runs.run_uuid AS id, runs.name AS name FROM runs
    JOIN (SELECT run_uuid FROM latest_metrics WHERE key = 'acc' AND value > 0.9) AS a USING (run_uuid)
    JOIN (SELECT run_uuid FROM params WHERE key = 'lr' AND value = '0.1') AS b USING (run_uuid)
    LEFT OUTER JOIN (SELECT run_uuid, value, is_nan FROM latest_metrics WHERE key = 'loss') AS c USING (run_uuid)
    WHERE runs.lifecycle_stage IN ('active')
    ORDER BY CASE WHEN c.is_nan THEN 1 WHEN c.value IS NULL THEN 2 ELSE 0 END, c.value, runs.start_time DESC, id LIMIT 50`);
  const params = database.prepare("SELECT * FROM params WHERE run_uuid = ?");
  const metrics = database.prepare("SELECT * FROM latest_metrics WHERE run_uuid = ?");
  let names: string[] = [];
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const found = search.all() as { id: string; name: string }[];
    for (const { id } of found) {
      params.all(id);
      metrics.all(id);
    }
    times.push(performance.now() - started);
    names = found.map(({ name }) => name);
  }
  return { names, times };
}
