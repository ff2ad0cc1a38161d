import type { CheckpointInfo, LineageVersion, RunLineage } from "@cairn/core";
import * as z from "zod";
import { checkpoint } from "./checkpoint-shapes.ts";
import { runId } from "./common.ts";
import { endpoint, shapeOf } from "./endpoint.ts";
import { once } from "./once.ts";
import { version } from "./version-shapes.ts";

type WireInfo = Omit<CheckpointInfo, "id" | "run"> & { readonly id: string; readonly run: string | null };
type WireLineage = Omit<RunLineage, "outputs" | "used"> & {
  readonly outputs: readonly { readonly checkpoint: WireInfo; readonly step: number | null }[];
  readonly used: readonly WireInfo[];
};

const checkpointInfo: () => z.ZodType<WireInfo> = once(() =>
  checkpoint()
    .omit({ parameters: true, tags: true, metrics: true })
    .meta({ id: "CheckpointInfo", description: "A checkpoint's own fields." }),
);

const lineageVersion: () => z.ZodType<LineageVersion> = once(() =>
  version()
    .pick({
      model: true,
      name: true,
      number: true,
      label: true,
      state: true,
      stage: true,
      checkpoint: true,
      createdAt: true,
      aliases: true,
    })
    .meta({ id: "LineageVersion" }),
);

const lineage = once(() =>
  shapeOf<WireLineage>()({
    outputs: z
      .array(z.strictObject({ checkpoint: checkpointInfo(), step: z.int().nullable() }))
      .meta({ description: "Checkpoints that it left, the oldest first." }),
    used: z.array(checkpointInfo()).meta({ description: "Checkpoints that it used." }),
    versions: z
      .array(lineageVersion())
      .meta({ description: "Made from it or from one of its checkpoints, the newest first; 1000 at most." }),
  }).meta({ id: "RunLineage" }),
);

export const lineageEndpoints = {
  "runs.lineage": endpoint({
    method: "GET",
    path: "/runs/{id}/lineage",
    args: ["id"],
    input: () => z.strictObject({ id: runId() }),
    result: lineage,
    errors: ["invalid", "not_found"],
    doc: {
      summary: "Tell what a run left and used, and which versions of models were made from it",
      text: "Its datasets stand in the run itself, as `inputs`.",
      example: {},
    },
  }),
} as const;
