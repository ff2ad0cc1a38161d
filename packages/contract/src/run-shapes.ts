import type {
  CreateRun,
  Dataset,
  DatasetInput,
  Iteration,
  IterationInput,
  Module,
  ModuleInput,
  Note,
  Run,
  RunOutput,
  RunOutputInput,
  RunPage,
  UpdateRun,
} from "@cairn/core";
import { runStates } from "@cairn/core";
import * as z from "zod";
import { checkpointId } from "./checkpoint-shapes.ts";
import { experimentId, jsonMap, runId, strict, tagChanges, textMap, time } from "./common.ts";
import { shapeOf } from "./endpoint.ts";
import { namePolicy } from "./experiments.ts";
import { once } from "./once.ts";
import { parameter, parameterInput } from "./parameter-shapes.ts";
import { seriesInfo, type WireSeriesInfo } from "./series-shapes.ts";

export const runState = once(() => z.enum(runStates));

export const dataset = once(() =>
  shapeOf<Dataset>()({
    name: z.string(),
    digest: z.string(),
    sourceType: z.string(),
    source: z.string(),
    schema: z.string().nullable(),
    profile: z.string().nullable(),
  }).meta({ id: "Dataset" }),
);

export const datasetInput = once(() =>
  shapeOf<DatasetInput>()({
    dataset: dataset(),
    context: z.string().nullable(),
    tags: textMap(),
  }).meta({ id: "DatasetInput", description: "A dataset as input of a run." }),
);

export const moduleInput = once(() =>
  shapeOf<ModuleInput>()({
    type: z.string(),
    name: z.string(),
    hash: z.string(),
    parameters: jsonMap().optional(),
  }).meta({ id: "ModuleInput" }),
);

export const module = once(() =>
  shapeOf<Module>()({
    type: z.string(),
    name: z.string(),
    hash: z.string(),
    parameters: jsonMap(),
  }).meta({ id: "Module", description: "A part of what was trained: model, optimizer, criterion …" }),
);

export const iterationInput = once(() =>
  shapeOf<IterationInput>()({
    hash: z.string(),
    phase: z.string().nullable().optional(),
    epoch: z.int().nullable().optional(),
    dataset: z
      .strictObject({ name: z.string(), hash: z.string(), arguments: jsonMap().optional() })
      .nullable()
      .optional(),
    arguments: jsonMap().optional(),
    modules: z.array(moduleInput()).optional(),
  }).meta({ id: "IterationInput" }),
);

export const iteration = once(() =>
  shapeOf<Iteration>()({
    hash: z.string(),
    phase: z.string().nullable(),
    epoch: z.int().nullable(),
    dataset: z.strictObject({ name: z.string(), hash: z.string(), arguments: jsonMap() }).nullable(),
    arguments: jsonMap(),
    modules: z.array(module()),
  }).meta({ id: "Iteration", description: "A pass over a dataset in a phase." }),
);

export const note = once(() =>
  shapeOf<Note>()({ number: z.int(), at: time(), author: z.string(), text: z.string() }).meta({
    id: "Note",
  }),
);

type WireOutput = Omit<RunOutput, "checkpoint"> & { readonly checkpoint: string };

export const outputInput = once(() =>
  shapeOf<RunOutputInput>()({
    checkpoint: checkpointId(),
    step: z.int().optional().meta({ description: "0 when left out." }),
  }).meta({ id: "RunOutputInput" }),
);

const output = once(() =>
  shapeOf<WireOutput>()({ checkpoint: checkpointId(), step: z.int() }).meta({
    id: "RunOutput",
    description: "A checkpoint that a run left, and the step at which it did.",
  }),
);

/** A run as JSON says it: numbers of its metrics may be names. */
export type WireRun = Omit<Run, "id" | "metrics" | "outputs" | "used"> & {
  readonly id: string;
  readonly outputs: readonly WireOutput[];
  readonly used: readonly string[];
  readonly metrics: readonly WireSeriesInfo[];
};

export type WirePage = Omit<RunPage, "items"> & { readonly items: readonly WireRun[] };

export const run = once(() =>
  shapeOf<WireRun>()({
    id: runId(),
    experiment: experimentId(),
    name: z.string(),
    state: runState(),
    author: z.string(),
    createdAt: time(),
    startedAt: time().nullable(),
    endedAt: time().nullable(),
    heartbeatAt: time(),
    deletedAt: time().nullable(),
    starred: z.boolean(),
    attempt: z.int().meta({ description: "0 before the first start; grows with each start or resume." }),
    error: z.string().nullable(),
    parameters: z.array(parameter()),
    tags: textMap(),
    labels: z.array(z.string()),
    metrics: z.array(seriesInfo()),
    inputs: z.array(datasetInput()),
    outputs: z.array(output()).meta({ description: "Checkpoints that it left." }),
    used: z.array(checkpointId()).meta({ description: "Checkpoints that it used." }),
  }).meta({ id: "Run", description: "One training." }),
);

export const createRun = once(() =>
  shapeOf<CreateRun>()({
    experiment: experimentId().optional(),
    name: z.string().optional().meta({ description: "A friendly random one when left out." }),
    onConflict: namePolicy()
      .optional()
      .meta({ description: "Ask for a unique name, and say what to do when it is taken." }),
    state: runState().optional().meta({ description: "`running` when left out." }),
    startedAt: time().optional(),
    author: z.string().optional().meta({ description: "Who trains; the caller when left out." }),
    parameters: z.array(parameterInput()).optional(),
    tags: textMap().optional(),
    labels: z.array(z.string()).optional(),
  }),
);

export const updateRun = once(() =>
  shapeOf<UpdateRun>()({
    name: z.string().optional(),
    state: runState().optional(),
    endedAt: time().optional(),
    starred: z.boolean().optional(),
    error: z.string().nullable().optional(),
    tags: tagChanges().optional(),
    strict: strict(),
    addLabels: z.array(z.string()).optional(),
    removeLabels: z.array(z.string()).optional(),
  }),
);
