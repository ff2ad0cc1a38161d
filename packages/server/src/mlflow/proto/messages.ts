import { bool, choice, double, int32, int64, nested, repeated, required, runId, text } from "./message.ts";

const viewType = choice({ ACTIVE_ONLY: 1, DELETED_ONLY: 2, ALL: 3 });
export const runStatus = choice({ RUNNING: 1, SCHEDULED: 2, FINISHED: 3, FAILED: 4, KILLED: 5 });

const keyValue = { key: required(text), value: text };
const keyValues = repeated(nested(keyValue));
const experimentId = required(text);

export const createExperiment = { name: required(text), artifact_location: text, tags: keyValues };
export const searchExperiments = {
  max_results: int64,
  page_token: text,
  filter: text,
  order_by: repeated(text),
  view_type: viewType,
};
export const namedExperiment = { experiment_id: experimentId };
export const experimentByName = { experiment_name: required(text) };
export const updateExperiment = { experiment_id: experimentId, new_name: required(text) };
export const setExperimentTag = { experiment_id: experimentId, ...keyValue };
export const deleteExperimentTag = { experiment_id: experimentId, key: required(text) };
export const searchDatasets = { experiment_ids: repeated(text) };

export const createRun = { experiment_id: text, user_id: text, run_name: text, start_time: int64, tags: keyValues };
export const updateRun = { run_id: runId, status: runStatus, end_time: int64, run_name: text };
export const namedRun = { run_id: runId };
export const searchRuns = {
  experiment_ids: repeated(text),
  filter: text,
  run_view_type: viewType,
  max_results: int32,
  order_by: repeated(text),
  page_token: text,
};

const metric = {
  key: required(text),
  value: required(double),
  timestamp: required(int64),
  step: int64,
  dataset_name: text,
  dataset_digest: text,
  model_id: text,
};
export const logMetric = { run_id: runId, ...metric };
export const logParam = { run_id: runId, ...keyValue };
export const setTag = { run_id: runId, ...keyValue };
export const deleteTag = { run_id: runId, key: required(text) };
export const logBatch = { run_id: runId, metrics: repeated(nested(metric)), params: keyValues, tags: keyValues };
export const logModel = { run_id: runId, model_json: required(text) };

const dataset = {
  name: required(text),
  digest: required(text),
  source_type: required(text),
  source: required(text),
  schema: text,
  profile: text,
};
const datasetInput = {
  tags: repeated(nested({ key: required(text), value: text })),
  dataset: required(nested(dataset)),
};
export const logInputs = {
  run_id: runId,
  datasets: repeated(nested(datasetInput)),
  models: repeated(nested({ model_id: required(text) })),
};

export const getMetricHistory = { run_id: runId, metric_key: required(text), page_token: text, max_results: int32 };
export const getHistoryBulk = { run_id: repeated(text), metric_key: text, max_results: int32 };
export const getHistoryInterval = {
  run_ids: repeated(text),
  metric_key: required(text),
  start_step: int64,
  end_step: int64,
  max_results: int32,
};

export const listArtifacts = { run_id: runId, path: text, page_token: text };
export const listProxied = { path: text };

export const logOutputs = {
  run_id: runId,
  models: repeated(nested({ model_id: required(text), step: required(int64) })),
};

const modelStatus = choice({
  LOGGED_MODEL_STATUS_UNSPECIFIED: 0,
  LOGGED_MODEL_PENDING: 1,
  LOGGED_MODEL_READY: 2,
  LOGGED_MODEL_UPLOAD_FAILED: 3,
});

export const createLoggedModel = {
  experiment_id: experimentId,
  name: text,
  model_type: text,
  source_run_id: text,
  params: keyValues,
  tags: keyValues,
};
/** The model is the one in the path. */
export const finalizeLoggedModel = { status: required(modelStatus) };
export const setLoggedModelTags = { tags: keyValues };
export const logModelParams = { params: keyValues };
export const listModelArtifacts = { artifact_directory_path: text, page_token: text };
export const searchLoggedModels = {
  experiment_ids: repeated(text),
  filter: text,
  datasets: repeated(nested({ dataset_name: text, dataset_digest: text })),
  max_results: int32,
  order_by: repeated(nested({ field_name: required(text), ascending: bool, dataset_name: text, dataset_digest: text })),
  page_token: text,
};

/** `path` is the file's name on the client's disk. */
export const createMultipart = { path: required(text), num_parts: int64 };
export const completeMultipart = {
  path: required(text),
  upload_id: required(text),
  parts: repeated(nested({ part_number: required(int64), etag: text, url: text })),
};
export const abortMultipart = { path: required(text), upload_id: required(text) };
