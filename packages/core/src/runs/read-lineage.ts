import { readCheckpointInfo } from "../checkpoints/read.ts";
import { readVersion } from "../models/read.ts";
import type { VersionRow } from "../models/rows.ts";
import type { ReadTx } from "../store/tx.ts";
import type { LineageVersion, RunLineage } from "./lineage.ts";
import type { RunRow } from "./rows.ts";

const MOST_VERSIONS = 1000;

/** By indexes alone: its cost follows what hangs on the run. */
export function readLineage(tx: ReadTx, run: RunRow): RunLineage {
  const outputs: { row: number; step: number | null }[] = [];
  const used: number[] = [];
  for (const { role, checkpoint, step } of tx.list("runCheckpoints", { prefix: [run.row] })) {
    if (role === "output") outputs.push({ row: checkpoint, step });
    else used.push(checkpoint);
  }
  const linked = new Set(outputs.map(({ row }) => row));
  for (const { row } of tx.pick("checkpoints", ["row"], { index: "byRun", prefix: [run.id] })) {
    if (!linked.has(row)) outputs.push({ row, step: null });
  }
  const info = (row: number) => {
    const found = tx.get("checkpoints", row);
    return found === undefined ? [] : [readCheckpointInfo(tx, found)];
  };
  const left = outputs
    .sort((a, b) => a.row - b.row)
    .flatMap(({ row, step }) => info(row).map((checkpoint) => ({ checkpoint, step })));
  const checkpoints = new Set(left.map(({ checkpoint }) => checkpoint.id));
  return { outputs: left, used: used.flatMap(info), versions: readVersions(tx, run.id, checkpoints) };
}

function readVersions(tx: ReadTx, run: string, checkpoints: ReadonlySet<string>): LineageVersion[] {
  const rows = new Map<number, VersionRow>();
  const newest = { reverse: true, limit: MOST_VERSIONS } as const;
  const add = (found: readonly VersionRow[]) => {
    for (const row of found) if (tx.get("models", row.model) !== undefined) rows.set(row.id, row);
  };
  add(tx.list("versions", { index: "byRun", prefix: [run], ...newest }));
  for (const id of checkpoints) add(tx.list("versions", { index: "byCheckpoint", prefix: [id], ...newest }));
  return [...rows.values()]
    .sort((a, b) => b.id - a.id)
    .slice(0, MOST_VERSIONS)
    .map((row) => {
      const { model, name, number, label, state, stage, checkpoint, createdAt, aliases } = readVersion(tx, row);
      return { model, name, number, label, state, stage, checkpoint, createdAt, aliases };
    });
}
