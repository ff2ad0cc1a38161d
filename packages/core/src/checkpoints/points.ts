import type { DatasetName } from "../datasets/dataset.ts";
import type { RunId } from "../ids.ts";
import { findName, internName, nameText } from "../runs/names.ts";
import type { ReadTx, Tx } from "../store/tx.ts";
import type { CheckpointMetric } from "./checkpoint.ts";
import { writableCheckpoint } from "./guard.ts";
import type { CheckpointPoint } from "./link.ts";
import type { CheckpointPointRow } from "./rows.ts";

/** Points of a checkpoint that are told at once. */
const MAX_TOLD = 1000;

/** Keeps points with the checkpoints that they name. @throws not_found for a checkpoint that is not there. */
export function putCheckpointPoints(tx: Tx, run: number, points: readonly CheckpointPoint[]): void {
  const rows = new Map<string, number>();
  for (const { checkpoint: id, key, time, step, value, dataset } of points) {
    const checkpoint = rows.get(id) ?? writableCheckpoint(tx, id).row;
    rows.set(id, checkpoint);
    tx.put("checkpointPoints", {
      run,
      checkpoint,
      name: internName(tx, key),
      time,
      step,
      dataset: dataset?.name ?? "",
      digest: dataset?.digest ?? "",
      value: String(value),
    });
  }
}

/** By key, then time and step. Beyond 1000 the newest of each key. */
export function readMetrics(tx: ReadTx, checkpoint: number): CheckpointMetric[] {
  const runs = new Map<number, RunId>();
  return chooseRows(tx, checkpoint).map((row) => {
    const run = runs.get(row.run) ?? ((tx.get("runs", row.run)?.id ?? "") as RunId);
    runs.set(row.run, run);
    const { step, time } = row;
    return { key: nameText(tx, row.name), step, time, value: Number(row.value), dataset: datasetOf(row), run };
  });
}

/** All points of one metric, oldest first; of all metrics when `key` is null. */
export function pointsOf(tx: ReadTx, checkpoint: number, key: string | null): CheckpointPointRow[] {
  const name = key === null ? null : findName(tx, key);
  if (name === undefined) return [];
  return tx.list("checkpointPoints", {
    index: "byCheckpoint",
    prefix: name === null ? [checkpoint] : [checkpoint, name],
  });
}

/** True when the point was measured on one of the datasets; on any or none when there are no conditions. */
export function isOn(row: CheckpointPointRow, datasets: readonly DatasetName[] | undefined): boolean {
  return (
    datasets === undefined ||
    datasets.some(({ name, digest }) => row.dataset === name && (digest === null || row.digest === digest))
  );
}

function datasetOf({ dataset, digest }: CheckpointPointRow): DatasetName | null {
  return dataset === "" && digest === "" ? null : { name: dataset, digest: digest === "" ? null : digest };
}

function chooseRows(tx: ReadTx, checkpoint: number): CheckpointPointRow[] {
  const rows = tx.list("checkpointPoints", { index: "byCheckpoint", prefix: [checkpoint], limit: MAX_TOLD + 1 });
  if (rows.length <= MAX_TOLD) return rows;
  const names = [...namesOf(tx, checkpoint)].slice(0, MAX_TOLD);
  const each = Math.max(1, Math.floor(MAX_TOLD / names.length));
  return names.flatMap((name) => {
    const prefix = [checkpoint, name];
    return tx.list("checkpointPoints", { index: "byCheckpoint", prefix, reverse: true, limit: each }).reverse();
  });
}

/** Each key once: a step of the index each. */
function* namesOf(tx: ReadTx, checkpoint: number): Generator<number> {
  for (let after = -1; ; ) {
    const range = { index: "byCheckpoint", prefix: [checkpoint], after, limit: 1 } as const;
    const [row] = tx.pick("checkpointPoints", ["name"], range);
    if (row === undefined) return;
    after = row.name;
    yield after;
  }
}
