import type { DatasetName } from "../datasets/dataset.ts";
import { invalid } from "../errors.ts";
import { clip, parseCheckpointId } from "../ids.ts";
import { checkItems, checkName, checkText, checkWhole, MAX_KEY_LENGTH } from "../limits.ts";
import { MAX_BATCH_POINTS } from "../series/batch.ts";
import { type CheckpointState, checkpointStates } from "./checkpoint.ts";
import type { CheckpointPoint, RunOutputInput } from "./link.ts";

/** Longest name and type of a checkpoint, and name and digest of a dataset that its points name. */
export const MAX_CHECKPOINT_NAME = 500;

export function checkCheckpointState(state: CheckpointState): CheckpointState {
  if (checkpointStates.includes(state)) return state;
  throw invalid(`A checkpoint is ${checkpointStates.join(", ")}, not '${clip(String(state))}'.`, {
    state: clip(String(state)),
  });
}

export function checkOutputs(outputs: readonly RunOutputInput[]): readonly RunOutputInput[] {
  checkItems("outputs", outputs.length);
  for (const { checkpoint, step } of outputs) {
    parseCheckpointId(checkpoint);
    if (step !== undefined) checkWhole("The step of an output", step);
  }
  return outputs;
}

export function checkUsed(checkpoints: readonly string[]): readonly string[] {
  checkItems("used checkpoints", checkpoints.length);
  for (const id of checkpoints) parseCheckpointId(id);
  return checkpoints;
}

export function checkMeasured(points: readonly CheckpointPoint[]): readonly CheckpointPoint[] {
  checkItems("points of checkpoints", points.length, MAX_BATCH_POINTS);
  for (const { checkpoint, key, step, time, value, dataset } of points) {
    parseCheckpointId(checkpoint);
    checkName("A metric's key", key, MAX_KEY_LENGTH);
    checkWhole(`The step of metric '${clip(key)}'`, step);
    checkWhole(`The time of metric '${clip(key)}'`, time);
    if (typeof value !== "number") throw invalid(`The value of metric '${clip(key)}' must be a number.`);
    if (dataset != null) checkDatasetName(dataset);
  }
  return points;
}

function checkDatasetName({ name, digest }: DatasetName): void {
  checkText("A dataset's name", name, MAX_CHECKPOINT_NAME);
  if (digest !== null) checkText("A dataset's digest", digest, MAX_CHECKPOINT_NAME);
}
