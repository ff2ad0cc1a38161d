import type { DatasetUse } from "@cairn/core";
import * as z from "zod";
import { experimentId } from "./common.ts";
import { endpoint, shapeOf } from "./endpoint.ts";
import { once } from "./once.ts";

const datasetUse = once(() =>
  shapeOf<DatasetUse>()({
    experiment: experimentId(),
    name: z.string(),
    digest: z.string(),
    context: z.string().nullable(),
  }).meta({ id: "DatasetUse", description: "A dataset and a context in which runs used it." }),
);

export const datasetEndpoints = {
  "datasets.list": endpoint({
    method: "POST",
    path: "/datasets/list",
    twin: "/datasets",
    args: ["experiments", "limit"],
    input: () =>
      z.strictObject({
        experiments: z.array(experimentId()).meta({ description: "Where to look." }),
        limit: z.int().optional().meta({ description: "1 … 10 000; 1000 when left out." }),
      }),
    result: () => z.array(datasetUse()),
    errors: ["invalid"],
    idempotent: true,
    doc: {
      summary: "List the datasets that runs of some experiments used",
      text: "Each with each of its contexts, by experiment, name and digest.",
      example: { experiments: [0] },
    },
  }),
} as const;
