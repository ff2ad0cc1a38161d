import type { Checkpoint, CheckpointMetric, CreateCheckpoint, DatasetName, UpdateCheckpoint } from "@cairn/core";
import { checkpointStates } from "@cairn/core";
import * as z from "zod";
import { experimentId, runId, strict, tagChanges, textMap, time } from "./common.ts";
import { shapeOf } from "./endpoint.ts";
import { wireNumber } from "./number-shapes.ts";
import type { WireNumber } from "./numbers.ts";
import { once } from "./once.ts";
import { parameter, parameterInput } from "./parameter-shapes.ts";

export const checkpointId = once(() =>
  z.string().meta({ description: "Id of a checkpoint: `m-` and 32 lower-case hex digits." }),
);
export const checkpointState = once(() => z.enum(checkpointStates));

export const datasetName = once(() =>
  shapeOf<DatasetName>()({
    name: z.string(),
    digest: z.string().nullable(),
  }).meta({ id: "DatasetName", description: "A dataset as points name it." }),
);

/** As JSON says it: numbers may be names. */
type WireMetric = Omit<CheckpointMetric, "value" | "run"> & { readonly value: WireNumber; readonly run: string };
export type WireCheckpoint = Omit<Checkpoint, "id" | "run" | "metrics"> & {
  readonly id: string;
  readonly run: string | null;
  readonly metrics: readonly WireMetric[];
};

export const checkpoint = once(() =>
  shapeOf<WireCheckpoint>()({
    id: checkpointId(),
    experiment: experimentId(),
    name: z.string(),
    type: z.string().meta({ description: 'What kind of model; "" when nobody said.' }),
    state: checkpointState(),
    message: z.string().nullable().meta({ description: "Why it failed." }),
    run: runId().nullable().meta({ description: "The run that left it, though it may be purged by now." }),
    author: z.string(),
    createdAt: time(),
    updatedAt: time(),
    deletedAt: time().nullable(),
    parameters: z.array(parameter()),
    tags: textMap(),
    metrics: z
      .array(
        shapeOf<WireMetric>()({
          key: z.string(),
          step: z.int(),
          time: time(),
          value: wireNumber(),
          dataset: datasetName().nullable(),
          run: runId(),
        }).meta({ id: "CheckpointMetric", description: "A value that a run measured of a checkpoint." }),
      )
      .meta({ description: "By key, then time. Of very many the newest of each key." }),
  }).meta({ id: "Checkpoint", description: "A model that a run left." }),
);

export const createCheckpoint = once(() =>
  shapeOf<CreateCheckpoint>()({
    experiment: experimentId().optional().meta({ description: "That of the run when left out, else 0." }),
    name: z.string().optional().meta({ description: "A friendly random one when left out." }),
    type: z.string().optional(),
    state: checkpointState().optional().meta({ description: "`pending` when left out." }),
    run: runId().nullable().optional().meta({ description: "The run that leaves it." }),
    author: z.string().optional(),
    parameters: z.array(parameterInput()).optional(),
    tags: textMap().optional(),
  }),
);

export const updateCheckpoint = once(() =>
  shapeOf<UpdateCheckpoint>()({
    name: z.string().optional(),
    type: z.string().optional(),
    state: checkpointState().optional(),
    message: z.string().nullable().optional(),
    parameters: z.array(parameterInput()).optional().meta({ description: "Added; none can change its value." }),
    tags: tagChanges().optional(),
    strict: strict(),
  }),
);

/** What a run measured of a checkpoint, as a log body says it. */
export const measuredPoint = once(() =>
  z
    .strictObject({
      checkpoint: checkpointId(),
      key: z.string(),
      step: z.int(),
      time: time(),
      value: wireNumber(),
      dataset: datasetName().nullable().optional(),
    })
    .meta({ id: "CheckpointPoint", description: "A value measured of a checkpoint." }),
);
export type WireMeasured = z.infer<ReturnType<typeof measuredPoint>>;
