import { files } from "../artifacts/rows.ts";
import {
  checkpointParameters,
  checkpointPoints,
  checkpoints,
  checkpointTags,
  runCheckpoints,
} from "../checkpoints/rows.ts";
import { datasets, inputs } from "../datasets/rows.ts";
import { experiments, experimentTags } from "../experiments/rows.ts";
import { aliases, modelHistory, models, modelTags, versionMetadata, versions, versionTags } from "../models/rows.ts";
import { projects } from "../projects/rows.ts";
import { iterations, labels, modules, names, notes, parameters, purges, runLabels, runs, tags } from "../runs/rows.ts";
import { bundles, chunks, heads, journal, lost, segments, series, unsealed, writers } from "../series/rows.ts";
import { views } from "../views/rows.ts";
import { counters } from "./rows.ts";

/** Every table there is: the whole record of truth, as data. An adapter keeps these and nothing else. */
export const tables = {
  projects,
  experiments,
  experimentTags,
  datasets,
  inputs,
  runs,
  names,
  parameters,
  tags,
  runLabels,
  labels,
  notes,
  modules,
  iterations,
  checkpoints,
  checkpointParameters,
  checkpointTags,
  checkpointPoints,
  runCheckpoints,
  purges,
  files,
  heads,
  writers,
  journal,
  unsealed,
  lost,
  series,
  chunks,
  bundles,
  segments,
  counters,
  models,
  modelTags,
  aliases,
  modelHistory,
  versions,
  versionTags,
  versionMetadata,
  views,
} as const;

export type Tables = typeof tables;
export type TableName = keyof Tables;
export type RowOf<T extends TableName> = NonNullable<Tables[T]["row"]>;
export type IndexOf<T extends TableName> = keyof Tables[T]["indexes"] & string;
