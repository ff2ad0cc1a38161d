export { type ChangedParam, findChangedParams } from "./changed-params.ts";
export { type LoggedModel, type LogPlace, listLoggedModels, type MetricPoint, readMetrics } from "./logged-model.ts";
export { ModelLog, type ModelLogOptions } from "./model-log.ts";
