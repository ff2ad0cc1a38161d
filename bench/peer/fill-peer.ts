import { DatabaseSync } from "node:sqlite";
import { EXPERIMENTS, memberAt } from "../support/seeds/population.ts";

const START = 1_760_000_000_000;

/**
 * Puts the population into MLflow's own tables, which its server has made and is not using: through its API ten thousand
 * runs take the better part of an hour. Whether the server finds them is checked by every search.
 */
export function fillPeer(database: string, count: number): void {
  using db = new DatabaseSync(database);
  db.exec("PRAGMA synchronous = OFF; BEGIN");
  const experiment = db.prepare(
    `INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time)
     VALUES (?, ?, ?, 'active', ${START}, ${START})`,
  );
  for (let e = 1; e <= EXPERIMENTS; e++) experiment.run(e, `bench-${e - 1}`, `mlflow-artifacts:/${e}`);
  const run = db.prepare(
    `INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time,
       source_version, lifecycle_stage, artifact_uri, experiment_id)
     VALUES (?, ?, 'UNKNOWN', '', '', '', 'FINISHED', ?, ?, '', 'active', ?, ?)`,
  );
  const param = db.prepare("INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)");
  const metric = db.prepare(
    "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, 1, 0)",
  );
  const latest = db.prepare(
    "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, 1, 0, ?)",
  );
  const tag = db.prepare("INSERT INTO tags (key, value, run_uuid) VALUES ('mlflow.runName', ?, ?)");
  for (let index = 0; index < count; index++) {
    const { name, parameters, metrics } = memberAt(index);
    const id = scatter(index);
    const owner = 1 + (index % EXPERIMENTS);
    const time = START + index;
    run.run(id, name, time, time, `mlflow-artifacts:/${owner}/${id}/artifacts`, owner);
    tag.run(name, id);
    for (const [key, value] of Object.entries(parameters)) param.run(key, String(value), id);
    for (const [key, value] of Object.entries(metrics)) {
      metric.run(key, value, time, id);
      latest.run(key, value, time, id);
    }
  }
  db.exec("COMMIT");
}

/** Points the peer has of a run. */
export function countPeerPoints(database: string, run: string): number {
  using db = new DatabaseSync(database, { readOnly: true });
  return Number(db.prepare("SELECT count(*) AS n FROM metrics WHERE run_uuid = ?").get(run)?.["n"]);
}

/** An id as random as a UUID, so that rows lie as scattered as they would. */
function scatter(index: number): string {
  const word = (seed: number) => (Math.imul(index + 1, seed) >>> 0).toString(16).padStart(8, "0");
  return [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f].map(word).join("");
}
