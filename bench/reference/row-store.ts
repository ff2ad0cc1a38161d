// The reference for ingest: a row per point in the schema that MLflow 3 has for metrics, through the same SQLite binding,
// durable (synchronous=FULL, WAL), with group commit: whatever arrives in one turn of the event loop shares a commit.
// There is no Python and no ORM in it, so it is much faster than MLflow's own server; it stands for the layout.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { serve } from "./serve.ts";

interface Metric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

const database = new DatabaseSync(join(process.argv[2] ?? ".", "rows.sqlite"));
database.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -65536;
  CREATE TABLE metrics (
    key VARCHAR(250) NOT NULL, value FLOAT NOT NULL, timestamp BIGINT NOT NULL, run_uuid VARCHAR(32) NOT NULL,
    step BIGINT DEFAULT '0' NOT NULL, is_nan BOOLEAN DEFAULT '0' NOT NULL,
    PRIMARY KEY (key, timestamp, step, run_uuid, value, is_nan));
  CREATE INDEX index_metrics_run_uuid ON metrics (run_uuid);
  CREATE INDEX index_metrics_run_uuid_key_step ON metrics (run_uuid, key, step);
  CREATE TABLE latest_metrics (
    key VARCHAR(250) NOT NULL, value FLOAT NOT NULL, timestamp BIGINT, step BIGINT NOT NULL,
    is_nan BOOLEAN NOT NULL, run_uuid VARCHAR(32) NOT NULL, PRIMARY KEY (key, run_uuid));
  CREATE INDEX index_latest_metrics_run_uuid ON latest_metrics (run_uuid);
`);
const insert = database.prepare("INSERT INTO metrics VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING");
const upsert = database.prepare(`
  INSERT INTO latest_metrics VALUES (?, ?, ?, ?, 0, ?)
  ON CONFLICT (key, run_uuid) DO UPDATE SET value = excluded.value, timestamp = excluded.timestamp, step = excluded.step
  WHERE (excluded.step, excluded.timestamp, excluded.value) > (step, timestamp, value)`);

interface Waiting {
  readonly run: string;
  readonly metrics: readonly Metric[];
  readonly done: PromiseWithResolvers<void>;
}

let queue: Waiting[] = [];

function commit(): void {
  const taken = queue;
  queue = [];
  database.exec("BEGIN IMMEDIATE");
  for (const { run, metrics } of taken) store(run, metrics);
  database.exec("COMMIT");
  for (const { done } of taken) done.resolve();
}

function store(run: string, metrics: readonly Metric[]): void {
  const latest = new Map<string, Metric>();
  for (const metric of metrics) {
    const { key, value, timestamp, step } = metric;
    insert.run(key, value, timestamp, run, step);
    const known = latest.get(key);
    if (known === undefined || step > known.step || (step === known.step && timestamp > known.timestamp)) {
      latest.set(key, metric);
    }
  }
  for (const { key, value, timestamp, step } of latest.values()) upsert.run(key, value, timestamp, step, run);
}

/** By hand, because a schema library would cost the reference time. */
function check(body: unknown): { run: string; metrics: readonly Metric[] } {
  const { run_id: run, metrics } = body as { run_id?: unknown; metrics?: unknown };
  if (typeof run !== "string" || !Array.isArray(metrics)) throw new Error("run_id and metrics are needed");
  for (const { key, value, timestamp, step } of metrics as Metric[]) {
    if (typeof key !== "string" || key.length > 250 || typeof value !== "number") throw new Error("a metric is wrong");
    if (!Number.isSafeInteger(timestamp) || !Number.isSafeInteger(step)) throw new Error("a metric is wrong");
  }
  return { run, metrics };
}

serve(
  async (path, body) => {
    if (path.endsWith("/count")) return database.prepare("SELECT count(*) AS points FROM metrics").get();
    if (path.endsWith("/checkpoint")) return database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
    const { run, metrics } = check(body);
    const done = Promise.withResolvers<void>();
    if (queue.length === 0) setImmediate(commit);
    queue.push({ run, metrics, done });
    await done.promise;
    return {};
  },
  () => database.close(),
);
