import { decodeValue } from "../runs/values.ts";
import type { Datasets, Literal, MetricStat } from "../search/query.ts";
import type { SearchRecord } from "../search/record.ts";
import type { ReadTx } from "../store/tx.ts";
import { isOn, pointsOf } from "./points.ts";
import type { CheckpointRow } from "./rows.ts";

/** A checkpoint in a snapshot as the judge sees it: what hangs on it is read when it is asked for. */
export function readCheckpointRecord(tx: ReadTx, checkpoint: CheckpointRow): SearchRecord {
  const { row } = checkpoint;
  const values = (key: string | null, datasets?: Datasets) =>
    pointsOf(tx, row, key)
      .filter((point) => isOn(point, datasets))
      .map(({ value }) => Number(value));
  return {
    row,
    attribute: (name) => attributeOf(checkpoint, name),
    metric: (key, stat, datasets) => statOf(values(key, datasets), stat),
    points: values,
    parameter(key) {
      const text = tx.get("checkpointParameters", row, key)?.value;
      return text === undefined ? undefined : decodeValue(text);
    },
    tag: (key) => tx.get("checkpointTags", row, key)?.value,
    labels: () => [],
    datasets: () => [],
  };
}

function attributeOf(checkpoint: CheckpointRow, name: string): Literal | null {
  const { createdAt, updatedAt, id, type, state, message, run, author, experiment } = checkpoint;
  const attributes: Readonly<Record<string, Literal | null>> = {
    id,
    name: checkpoint.name,
    type,
    state,
    message,
    run: run === "" ? null : run,
    author,
    experiment,
    created: createdAt,
    updated: updatedAt,
  };
  return attributes[name] ?? null;
}

/** Points come by time: the last is the latest. Least and greatest are over finite values, as a run's are. */
function statOf(values: readonly number[], stat: MetricStat): number | null {
  if (stat === "latest") return values.at(-1) ?? null;
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return null;
  return finite.reduce((a, b) => (stat === "min" ? Math.min(a, b) : Math.max(a, b)));
}
