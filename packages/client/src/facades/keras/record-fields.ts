import type { Run, SeriesInfo } from "@cairn/core";

/** Tags of a run that only this facade writes. */
export const PATH_TAG = "keras.path";
export const METRICS_TAG = "keras.metrics";

/** The fields of a model's record that follow from its series; null where nothing was logged. */
export interface TrainingFields {
  /** How many epochs ended, over all trainings of the record. */
  readonly epochsTrained: number | null;
  /** The last of the training, and the last of the validation. */
  readonly loss: number | null;
  readonly valLoss: number | null;
}

export function readTrainingFields({ metrics }: Pick<Run, "metrics">): TrainingFields {
  const lossOf = (isPhase: (phase: string | null) => boolean) =>
    metrics.find(({ name, phase }) => name === "loss" && isPhase(phase))?.latest?.value ?? null;
  return {
    epochsTrained: metrics.length === 0 ? null : Math.max(...metrics.map(({ count }) => count)),
    loss: lossOf((phase) => phase === null) ?? lossOf((phase) => phase === "train"),
    valLoss: lossOf((phase) => phase === "val"),
  };
}

/** The step after the last one that any series has. */
export function nextStep(metrics: readonly SeriesInfo[]): number {
  return Math.max(0, ...metrics.map(({ latest }) => (latest === null ? 0 : latest.step + 1)));
}

/** The keys in the order in which the callback first saw them; empty for runs that something else logged. */
export function readKeyOrder({ tags }: Pick<Run, "tags">): readonly string[] {
  try {
    const keys: unknown = JSON.parse(tags[METRICS_TAG] ?? "[]");
    return Array.isArray(keys) ? keys.map(String) : [];
  } catch {
    return [];
  }
}
