import type {
  CreateRun,
  Dataset,
  DatasetInput,
  Iteration,
  IterationInput,
  Module,
  ModuleInput,
  Note,
  Parameter,
  ParameterInput,
  Run,
  UpdateRun,
} from "@cairn/core";
import { runStates } from "@cairn/core";
import { z } from "zod";
import { experimentId, json, jsonMap, runId, strict, tagChanges, textMap, time } from "./common.ts";
import { shapeOf } from "./endpoint.ts";
import { namePolicy } from "./experiments.ts";
import { seriesInfo, type WireSeriesInfo } from "./series-shapes.ts";

export const runState = z.enum(runStates);

export const parameterInput = shapeOf<ParameterInput>()({
  group: z.string().optional().meta({ description: "Its flat key is then `group/key`." }),
  key: z.string(),
  value: json,
}).meta({ id: "ParameterInput" });

export const parameter = shapeOf<Parameter>()({
  group: z.string().meta({ description: '"" when it has none.' }),
  key: z.string(),
  value: json,
}).meta({ id: "Parameter" });

export const dataset = shapeOf<Dataset>()({
  name: z.string(),
  digest: z.string(),
  sourceType: z.string(),
  source: z.string(),
  schema: z.string().nullable(),
  profile: z.string().nullable(),
}).meta({ id: "Dataset" });

export const datasetInput = shapeOf<DatasetInput>()({
  dataset,
  context: z.string().nullable(),
  tags: textMap,
}).meta({ id: "DatasetInput", description: "A dataset as input of a run." });

export const moduleInput = shapeOf<ModuleInput>()({
  type: z.string(),
  name: z.string(),
  hash: z.string(),
  parameters: jsonMap.optional(),
}).meta({ id: "ModuleInput" });

export const module = shapeOf<Module>()({
  type: z.string(),
  name: z.string(),
  hash: z.string(),
  parameters: jsonMap,
}).meta({ id: "Module", description: "A part of what was trained: model, optimizer, criterion …" });

export const iterationInput = shapeOf<IterationInput>()({
  hash: z.string(),
  phase: z.string().nullable().optional(),
  epoch: z.int().nullable().optional(),
  dataset: z.strictObject({ name: z.string(), hash: z.string(), arguments: jsonMap.optional() }).nullable().optional(),
  arguments: jsonMap.optional(),
  modules: z.array(moduleInput).optional(),
}).meta({ id: "IterationInput" });

export const iteration = shapeOf<Iteration>()({
  hash: z.string(),
  phase: z.string().nullable(),
  epoch: z.int().nullable(),
  dataset: z.strictObject({ name: z.string(), hash: z.string(), arguments: jsonMap }).nullable(),
  arguments: jsonMap,
  modules: z.array(module),
}).meta({ id: "Iteration", description: "A pass over a dataset in a phase." });

export const note = shapeOf<Note>()({ number: z.int(), at: time, author: z.string(), text: z.string() }).meta({
  id: "Note",
});

/** A run as JSON says it: numbers of its metrics may be names. */
export type WireRun = Omit<Run, "id" | "metrics"> & {
  readonly id: string;
  readonly metrics: readonly WireSeriesInfo[];
};

export const run = shapeOf<WireRun>()({
  id: runId,
  experiment: experimentId,
  name: z.string(),
  state: runState,
  author: z.string(),
  createdAt: time,
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  heartbeatAt: time,
  deletedAt: time.nullable(),
  starred: z.boolean(),
  attempt: z.int().meta({ description: "0 before the first start; grows with each start or resume." }),
  error: z.string().nullable(),
  parameters: z.array(parameter),
  tags: textMap,
  labels: z.array(z.string()),
  metrics: z.array(seriesInfo),
  inputs: z.array(datasetInput),
}).meta({ id: "Run", description: "One training." });

export const createRun = shapeOf<CreateRun>()({
  experiment: experimentId.optional(),
  name: z.string().optional().meta({ description: "A friendly random one when left out." }),
  onConflict: namePolicy
    .optional()
    .meta({ description: "Ask for a unique name, and say what to do when it is taken." }),
  state: runState.optional().meta({ description: "`running` when left out." }),
  startedAt: time.optional(),
  author: z.string().optional().meta({ description: "Who trains; the caller when left out." }),
  parameters: z.array(parameterInput).optional(),
  tags: textMap.optional(),
  labels: z.array(z.string()).optional(),
});

export const updateRun = shapeOf<UpdateRun>()({
  name: z.string().optional(),
  state: runState.optional(),
  endedAt: time.optional(),
  starred: z.boolean().optional(),
  error: z.string().nullable().optional(),
  tags: tagChanges.optional(),
  strict,
  addLabels: z.array(z.string()).optional(),
  removeLabels: z.array(z.string()).optional(),
});
