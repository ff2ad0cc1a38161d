import type { Tx } from "../store/tx.ts";
import type { RunRow } from "./rows.ts";

/** Puts labels on a run; the project remembers them. One that is there already is no error. */
export function addLabels(tx: Tx, run: RunRow, labels: readonly string[]): void {
  const project = tx.get("experiments", run.experiment)?.project;
  for (const label of labels) {
    tx.put("runLabels", { run: run.row, label });
    if (project !== undefined && tx.get("labels", project, label) === undefined) tx.put("labels", { project, label });
  }
}

/** Takes labels off a run, never the label itself. One that is not there is no error. */
export function removeLabels(tx: Tx, run: RunRow, labels: readonly string[]): void {
  for (const label of labels) tx.delete("runLabels", run.row, label);
}
