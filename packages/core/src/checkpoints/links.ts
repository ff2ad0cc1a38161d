import type { CheckpointId } from "../ids.ts";
import type { ReadTx, Tx } from "../store/tx.ts";
import { getCheckpointRow } from "./guard.ts";
import type { RunOutput, RunOutputInput } from "./link.ts";

/** Notes checkpoints that a run left. Equal ones are one. @throws not_found for a checkpoint that is not there. */
export function putOutputs(tx: Tx, run: number, outputs: readonly RunOutputInput[]): void {
  for (const { checkpoint, step = 0 } of outputs) {
    tx.put("runCheckpoints", { run, role: "output", checkpoint: getCheckpointRow(tx, checkpoint).row, step });
  }
}

/** Notes checkpoints that a run used. @throws not_found for a checkpoint that is not there. */
export function putUsed(tx: Tx, run: number, checkpoints: readonly string[]): void {
  for (const id of checkpoints) {
    tx.put("runCheckpoints", { run, role: "input", checkpoint: getCheckpointRow(tx, id).row, step: 0 });
  }
}

/** Which checkpoints a run left and used, the oldest first. */
export function readLinks(tx: ReadTx, run: number): { readonly outputs: RunOutput[]; readonly used: CheckpointId[] } {
  const outputs: RunOutput[] = [];
  const used: CheckpointId[] = [];
  for (const { role, checkpoint: row, step } of tx.list("runCheckpoints", { prefix: [run] })) {
    const checkpoint = tx.get("checkpoints", row)?.id as CheckpointId | undefined;
    if (checkpoint === undefined) continue;
    if (role === "output") outputs.push({ checkpoint, step });
    else used.push(checkpoint);
  }
  return { outputs, used };
}
