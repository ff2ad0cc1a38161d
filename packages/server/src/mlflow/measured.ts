import type { CheckpointPoint } from "@cairn/core";
import { checkLength, checkModelId } from "./checks.ts";

/** A metric that may name a logged model and a dataset that it was measured on. */
export interface ModelMetric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step?: number | undefined;
  readonly model_id?: string | undefined;
  readonly dataset_name?: string | undefined;
  readonly dataset_digest?: string | undefined;
}

/** Those that name a model, for core: they stand with the model, beside the run's series. @throws WireError */
export function collectMeasured(metrics: readonly ModelMetric[]): CheckpointPoint[] {
  const points: CheckpointPoint[] = [];
  for (const { key, value, timestamp: time, step = 0, model_id, dataset_name, dataset_digest } of metrics) {
    if (!model_id) continue;
    const name = checkLength("dataset_name", 500, dataset_name ?? "");
    const digest = checkLength("dataset_digest", 36, dataset_digest ?? "");
    const dataset = name === "" && digest === "" ? null : { name, digest: digest === "" ? null : digest };
    points.push({ checkpoint: checkModelId(model_id), key, step, time, value, dataset });
  }
  return points;
}

const names = ["model_id", "modelId", "dataset_name", "datasetName", "dataset_digest", "datasetDigest"] as const;

/** True when a metric says more than a point holds: then the schema reads the batch. */
export function saysMore(metrics: readonly unknown[]): boolean {
  return metrics.some((metric) => names.some((name) => (metric as Record<string, unknown> | null)?.[name] != null));
}
