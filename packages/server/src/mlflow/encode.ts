import {
  type DatasetInput,
  type Experiment,
  jsonText,
  type Parameter,
  type Point,
  type Run,
  type RunState,
} from "@cairn/core";
import { RUN_NAME } from "./run-name.ts";

/** Where a dataset's use is told in MLflow's tags of an input. */
export const DATASET_CONTEXT = "mlflow.data.context";

const statuses: Readonly<Record<RunState, string>> = {
  scheduled: "SCHEDULED",
  running: "RUNNING",
  finished: "FINISHED",
  failed: "FAILED",
  killed: "KILLED",
};

/** By MLflow's name; the five match one to one. */
export function decodeStatus(status: string): RunState {
  return status.toLowerCase() as RunState;
}

/** NaN by name, as proto2 JSON writes it; ±Infinity clamped, as MLflow's own store does. Core keeps it exact. */
export function encodeDouble(value: number): number | string {
  if (Number.isNaN(value)) return "NaN";
  if (value === Number.POSITIVE_INFINITY) return Number.MAX_VALUE;
  return value === Number.NEGATIVE_INFINITY ? -Number.MAX_VALUE : value;
}

export function encodeExperiment(experiment: Experiment, location: string): object {
  const tags = encodeTags(experiment.tags);
  return {
    experiment_id: String(experiment.id),
    name: experiment.name,
    artifact_location: location,
    lifecycle_stage: stage(experiment.deletedAt),
    last_update_time: experiment.updatedAt,
    creation_time: experiment.createdAt,
    ...(tags.length === 0 ? {} : { tags }),
  };
}

export function encodeRunInfo(run: Run, artifactUri: string): object {
  return {
    run_uuid: run.id,
    run_id: run.id,
    run_name: run.name,
    experiment_id: String(run.experiment),
    user_id: run.author,
    status: statuses[run.state],
    ...(run.startedAt === null ? {} : { start_time: run.startedAt }),
    ...(run.endedAt === null ? {} : { end_time: run.endedAt }),
    artifact_uri: artifactUri,
    lifecycle_stage: stage(run.deletedAt),
  };
}

/** Presence as in proto2: empty lists are left out, the parts of a run are there even when they hold nothing. */
export function encodeRun(run: Run, artifactUri: string): object {
  const metrics = run.metrics.flatMap(({ key, latest }) => (latest === null ? [] : [encodeMetric(key, latest)]));
  const params = run.parameters.map((parameter) => ({ key: flatKey(parameter), value: jsonText(parameter.value) }));
  const tags = encodeTags({ ...run.tags, [RUN_NAME]: run.name });
  return {
    info: encodeRunInfo(run, artifactUri),
    data: {
      ...(metrics.length === 0 ? {} : { metrics }),
      ...(params.length === 0 ? {} : { params }),
      tags,
    },
    inputs: {
      ...(run.inputs.length === 0 ? {} : { dataset_inputs: run.inputs.map(encodeInput) }),
      ...(run.used.length === 0 ? {} : { model_inputs: run.used.map((id) => ({ model_id: id })) }),
    },
    outputs:
      run.outputs.length === 0
        ? {}
        : { model_outputs: run.outputs.map(({ checkpoint, step }) => ({ model_id: checkpoint, step })) },
  };
}

export function flatKey({ group, key }: Parameter): string {
  return group === "" ? key : `${group}/${key}`;
}

function encodeMetric(key: string, { value, time, step }: Point): object {
  return { key, value: encodeDouble(value), timestamp: time, step };
}

export function encodeTags(tags: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

function encodeInput({ dataset, context, tags }: DatasetInput): object {
  const { name, digest, sourceType, source, schema, profile } = dataset;
  const all = encodeTags(context === null ? tags : { ...tags, [DATASET_CONTEXT]: context });
  return {
    ...(all.length === 0 ? {} : { tags: all }),
    dataset: {
      name,
      digest,
      source_type: sourceType,
      source,
      ...(schema === null ? {} : { schema }),
      ...(profile === null ? {} : { profile }),
    },
  };
}

function stage(deletedAt: number | null): "active" | "deleted" {
  return deletedAt === null ? "active" : "deleted";
}
