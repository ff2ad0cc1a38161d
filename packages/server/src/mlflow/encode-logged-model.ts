import { type Checkpoint, type CheckpointMetric, type CheckpointState, jsonText } from "@cairn/core";
import { encodeDouble, encodeTags, flatKey } from "./encode.ts";
import { invalidValue } from "./errors.ts";

const statuses: Readonly<Record<CheckpointState, string>> = {
  pending: "LOGGED_MODEL_PENDING",
  ready: "LOGGED_MODEL_READY",
  failed: "LOGGED_MODEL_UPLOAD_FAILED",
};

/** By the name that the message table decoded it to. @throws WireError for UNSPECIFIED, which says nothing. */
export function decodeModelStatus(status: string): CheckpointState {
  for (const [state, name] of Object.entries(statuses)) if (name === status) return state as CheckpointState;
  throw invalidValue(`Invalid status '${status}': a logged model becomes ${Object.values(statuses).join(", ")}.`);
}

/** Presence as MLflow's own server has it: type and source run are there even when nobody said them. */
export function encodeLoggedModel(checkpoint: Checkpoint, artifactUri: string): object {
  const params = checkpoint.parameters.map((one) => ({ key: flatKey(one), value: jsonText(one.value) }));
  const metrics = checkpoint.metrics.map((metric) => encodeMetric(metric, checkpoint.id));
  const tags = encodeTags(checkpoint.tags);
  return {
    info: {
      model_id: checkpoint.id,
      experiment_id: String(checkpoint.experiment),
      name: checkpoint.name,
      creation_timestamp_ms: checkpoint.createdAt,
      last_updated_timestamp_ms: checkpoint.updatedAt,
      artifact_uri: artifactUri,
      status: statuses[checkpoint.state],
      model_type: checkpoint.type,
      source_run_id: checkpoint.run ?? "",
      ...(checkpoint.message === null ? {} : { status_message: checkpoint.message }),
      ...(tags.length === 0 ? {} : { tags }),
    },
    data: {
      ...(params.length === 0 ? {} : { params }),
      ...(metrics.length === 0 ? {} : { metrics }),
    },
  };
}

function encodeMetric({ key, value, time, step, dataset, run }: CheckpointMetric, model: string): object {
  return {
    key,
    value: encodeDouble(value),
    timestamp: time,
    step,
    ...(dataset === null ? {} : { dataset_name: dataset.name }),
    ...(dataset === null || dataset.digest === null ? {} : { dataset_digest: dataset.digest }),
    model_id: model,
    run_id: run,
  };
}
