import { MAX_BATCH_POINTS } from "@cairn/core";
import * as z from "zod";
import { checkpointId, measuredPoint } from "./checkpoint-shapes.ts";
import { runId, textMap, time } from "./common.ts";
import { wireNumber } from "./number-shapes.ts";
import { once } from "./once.ts";
import { parameterInput } from "./parameter-shapes.ts";
import { datasetInput, iterationInput, moduleInput, outputInput } from "./run-shapes.ts";
import { writerMark } from "./series-shapes.ts";

/** Longest key of a series, in UTF-16 units (core checks it again). */
export const MAX_SERIES_KEY = 1024;

export const seriesKey = once(() =>
  z
    .string()
    .min(1)
    .max(MAX_SERIES_KEY)
    .refine(isPlainKey, "holds a NUL, half a surrogate pair, or only blanks")
    .meta({ description: "The metric's exact name, such as `train/loss`." }),
);

/** What every key must be beside its length. */
export function isPlainKey(key: string): boolean {
  // Nearly every key: no blank, no control character, nothing that could be half a pair.
  let i = 0;
  while (i < key.length && key.charCodeAt(i) > 32 && key.charCodeAt(i) < 0xd800) i++;
  if (i === key.length) return key !== "";
  return !key.includes("\0") && key.isWellFormed() && key.trim() !== "";
}

const step = once(() => z.int().meta({ description: "A whole number within ±(2^53-1); 0 when left out." }));

export const pointRow = once(() =>
  z
    .strictObject({
      key: seriesKey(),
      value: wireNumber(),
      step: step().optional(),
      time: time().optional().meta({ description: "The server's time when left out." }),
      batch: z.int().nullable().optional(),
    })
    .meta({ id: "PointRow" }),
);

export const pointColumns = once(() =>
  z
    .strictObject({
      steps: z.array(step()),
      values: z.array(wireNumber()),
      times: z.array(time()).optional(),
      batches: z.array(z.int().nullable()).optional(),
    })
    .refine(
      ({ steps, values, times, batches }) =>
        [steps, times ?? values, batches ?? values].every(({ length }) => length === values.length),
      "has columns of different lengths",
    )
    .meta({ id: "PointColumns", description: "Points of one series, one column a field, all of one length." }),
);

const parts = once(() => ({
  parameters: z.array(parameterInput()).optional(),
  replace: z.boolean().optional().meta({ description: "Let a parameter change its value." }),
  tags: textMap().optional(),
  modules: z.array(moduleInput()).optional(),
  iterations: z.array(iterationInput()).optional(),
  inputs: z.array(datasetInput()).optional(),
  outputs: z.array(outputInput()).optional().meta({ description: "Checkpoints that the run left." }),
  used: z.array(checkpointId()).optional().meta({ description: "Checkpoints that the run used." }),
  measured: z
    .array(measuredPoint())
    .optional()
    .meta({ description: "What the run measured of checkpoints; kept with them, not in the run's series." }),
}));

/** All of a log body but its points and mark, which have a checker of their own. */
export const logParts = once(() => z.strictObject(parts()));

export const logBody = once(() =>
  z.strictObject({
    ...parts(),
    points: z.array(pointRow()).max(MAX_BATCH_POINTS).optional().meta({ description: "Points as rows." }),
    series: z.record(seriesKey(), pointColumns()).optional().meta({ description: "Points as columns, by key." }),
    writer: writerMark().optional(),
  }),
);

export const logInput = once(() => z.strictObject({ id: runId(), ...logBody().shape }));
