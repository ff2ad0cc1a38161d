export type {
  AggregatesCollection,
  CreateAggregate,
  IterationsCollection,
  LiveAggregate,
  MetricsCollection,
} from "./collections.ts";
export { getAggregatesCollection, getExperiment, getExperimentsCollection, type Place } from "./get.ts";
export { hashOf } from "./identity.ts";
export type { Aggregate, Aggregates, Experiment, Experiments, Iterations, Metrics, Storage } from "./ports.ts";
export { serverStorage } from "./server-storage.ts";
export {
  Dataset,
  type DatasetInput,
  Iteration,
  type IterationInput,
  Metric,
  type MetricInput,
  Module,
  type ModuleInput,
} from "./values.ts";
